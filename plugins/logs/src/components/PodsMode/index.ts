export { PodsMode } from './PodsMode';
