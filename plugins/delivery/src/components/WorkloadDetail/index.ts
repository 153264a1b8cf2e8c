export { WorkloadDetail } from './WorkloadDetail';
