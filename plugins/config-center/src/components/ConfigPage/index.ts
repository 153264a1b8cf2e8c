export { ConfigPage } from './ConfigPage';
