export { ConfigMaps } from './ConfigMaps';
