export { followStream, type FollowStreamOptions } from './followStream';
