export { Collection } from './Collection';
