import { parseRef } from '@orrery/backstage-plugin-orrery-common';

/**
 * Cluster and key of the object that a canary's ref names.
 *
 * @throws InvalidValueError where the ref names none
 */
export function locateObject(ref: string): {
  cluster: string;
  key: { namespace: string; name: string };
} {
  const parsed = parseRef(ref);
  if (parsed.type !== 'workload') {
    throw new Error(`${ref} names no canary`);
  }
  const { cluster, namespace, name } = parsed;
  return { cluster, key: { namespace, name } };
}
