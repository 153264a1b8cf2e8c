export {
  deliveryApiRef,
  type CanaryListener,
  type CanaryRequest,
  type DeliveryApi,
} from './DeliveryApi';
export { DeliveryClient } from './DeliveryClient';
export {
  workloadsApiRef,
  type PodLogListener,
  type PodLogRequest,
  type WorkloadsApi,
  type WorkloadsRequest,
} from './WorkloadsApi';
export { WorkloadsClient } from './WorkloadsClient';
