import { collectionOf } from '../resources/resource';
import type { KubernetesObject } from '../store';
import type { Exchange } from './context';

/** Fills defaults in and checks an object that is about to be stored. */
export function admit(
  exchange: Exchange,
  object: KubernetesObject,
  _current: KubernetesObject | undefined,
): KubernetesObject {
  const { context, target } = exchange;
  return context.store.prepare(collectionOf(target.type), object);
}
