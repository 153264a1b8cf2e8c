export { ConfigView } from './ConfigView';
