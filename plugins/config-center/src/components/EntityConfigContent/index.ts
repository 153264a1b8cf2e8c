export { EntityConfigContent } from './EntityConfigContent';
