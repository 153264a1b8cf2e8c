export { configApiRef, type ConfigApi, type TreeListener } from './ConfigApi';
export { ConfigClient } from './ConfigClient';
