export {
  deliveryApiRef,
  type CanaryListener,
  type CanaryRequest,
  type DeliveryApi,
} from './DeliveryApi';
export { DeliveryClient } from './DeliveryClient';
