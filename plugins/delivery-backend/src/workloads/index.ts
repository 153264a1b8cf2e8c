export {
  createWorkloadParts,
  type WorkloadParts,
  type WorkloadPartsOptions,
} from './createWorkloadParts';
