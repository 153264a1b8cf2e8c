/**
 * Delivery: workloads, releases and canaries.
 *
 * @packageDocumentation
 */
export { deliveryApiRef, DeliveryClient, type DeliveryApi } from './api';
export { ComponentCanary } from './components/CanaryCell';
export { default } from './plugin';
export { deliveryRouteRef } from './routes';
export { deliveryTranslationRef } from './translation';
