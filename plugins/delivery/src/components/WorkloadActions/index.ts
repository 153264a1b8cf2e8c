export { WorkloadActions, type ChosenAction } from './WorkloadActions';
