export { WorkloadsSection } from './WorkloadsSection';
