export { LogSearch } from './LogSearch';
export { TailLines } from './TailView';
