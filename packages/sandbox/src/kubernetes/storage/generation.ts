import type { KubernetesObject } from '../store';
import { sameJson } from '../values';

/** The generation of an object that is about to be stored: it counts changes of the spec. */
export function nextGeneration(
  object: KubernetesObject,
  previous: KubernetesObject | undefined,
): number | undefined {
  if (object.spec === undefined) {
    return object.metadata.generation;
  }
  if (!previous) {
    return object.metadata.generation ?? 1;
  }
  const before = previous.metadata.generation ?? 1;
  const marked =
    object.metadata.deletionTimestamp !== undefined &&
    previous.metadata.deletionTimestamp === undefined;
  return marked || !sameJson(previous.spec, object.spec) ? before + 1 : before;
}
