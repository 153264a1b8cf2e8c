/**
 * The backend of delivery.
 *
 * @packageDocumentation
 */
export { deliveryPlugin as default } from './plugin';
