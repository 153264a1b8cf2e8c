export { formatRef, parseRef, type ObjectRef } from './refs';
