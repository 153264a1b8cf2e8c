export { catalogWithHealth } from './catalogPlugin';
