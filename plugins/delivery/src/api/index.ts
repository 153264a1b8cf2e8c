export {
  buildsApiRef,
  type BuildLogListener,
  type BuildsApi,
  type BuildsListener,
} from './BuildsApi';
export { BuildsClient } from './BuildsClient';
export {
  deliveryApiRef,
  type CanaryListener,
  type CanaryRequest,
  type DeliveryApi,
} from './DeliveryApi';
export { DeliveryClient } from './DeliveryClient';
export {
  releasesApiRef,
  type NumbersRequest,
  type ReleaseRequest,
  type ReleasesApi,
} from './ReleasesApi';
export { ReleasesClient } from './ReleasesClient';
export {
  workloadsApiRef,
  type PodLogListener,
  type PodLogRequest,
  type WorkloadsApi,
  type WorkloadsRequest,
} from './WorkloadsApi';
export { WorkloadsClient } from './WorkloadsClient';
