export { StartCanaryButtons } from './StartCanaryButtons';
