export { effectsOf, type Effect } from './effects';
