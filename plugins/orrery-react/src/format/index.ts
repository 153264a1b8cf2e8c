export { createFormat, UNKNOWN, type Format } from './format';
