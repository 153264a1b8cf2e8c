import type { KubernetesObject } from '../store';
import { asNumber, asObjects, asText } from '../values';

/** A status condition, as far as controllers read it. */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  [field: string]: unknown;
}

/** A condition of an object's status by its type. */
export function condition(
  object: KubernetesObject,
  type: string,
): Condition | undefined {
  const found = asObjects(object.status?.conditions).find(
    entry => entry.type === type,
  );
  return found
    ? { ...found, type, status: asText(found.status) ?? 'Unknown' }
    : undefined;
}

/** The conditions with one replaced; its transition time moves only when the status does. */
export function withCondition(
  conditions: unknown,
  next: Condition,
  now: string,
): Condition[] {
  const others = asObjects(conditions).map(entry => ({
    ...entry,
    type: asText(entry.type) ?? '',
    status: asText(entry.status) ?? 'Unknown',
    lastTransitionTime: asText(entry.lastTransitionTime),
  }));
  const before = others.find(entry => entry.type === next.type);
  const lastTransitionTime =
    before && before.status === next.status
      ? before.lastTransitionTime ?? now
      : next.lastTransitionTime ?? now;
  const updated = { ...next, lastTransitionTime };
  return before
    ? others.map(entry => (entry === before ? updated : entry))
    : [...others, updated];
}

/** Whether a pod takes traffic. */
export function isReady(pod: KubernetesObject): boolean {
  return condition(pod, 'Ready')?.status === 'True';
}

/** Whether a pod has neither ended nor been told to. */
export function isActive(pod: KubernetesObject): boolean {
  const phase = pod.status?.phase;
  return (
    !pod.metadata.deletionTimestamp &&
    phase !== 'Succeeded' &&
    phase !== 'Failed'
  );
}

/** When a ready pod counts as available, milliseconds since the epoch. */
export function availableAt(
  pod: KubernetesObject,
  minReadySeconds: number,
): number | undefined {
  const ready = condition(pod, 'Ready');
  if (ready?.status !== 'True') {
    return undefined;
  }
  const since = Date.parse(ready.lastTransitionTime ?? '');
  return (Number.isNaN(since) ? 0 : since) + minReadySeconds * 1000;
}

/** A whole number from a spec, or a default. */
export function specNumber(
  object: KubernetesObject,
  field: string,
  fallback: number,
): number {
  return asNumber(object.spec?.[field]) ?? fallback;
}
