export { EntityStrip } from './EntityStrip';
