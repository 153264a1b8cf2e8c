export { KeyTree } from './KeyTree';
