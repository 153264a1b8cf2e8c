export { WorkloadActions, type ChosenAction } from './WorkloadActions';
export { WorkloadChangeDialog } from './WorkloadChangeDialog';
