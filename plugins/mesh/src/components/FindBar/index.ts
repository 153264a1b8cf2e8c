export { FindBar } from './FindBar';
export { FoundMark } from './FoundMark';
