export { neighbourhood } from './neighbourhood';
