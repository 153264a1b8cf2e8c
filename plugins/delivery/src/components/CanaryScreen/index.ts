export { CanaryScreen, type CanaryScreenProps } from './CanaryScreen';
