export { nextTask, runSliced, runWhole, STRIDE, type Steps } from './slices';
