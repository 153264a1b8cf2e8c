import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

/**
 * The field manager that wrote a key of a ConfigMap last, as the API server
 * tells it; undefined where it does not
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
 */
export function managerOf(
  { metadata }: KubernetesObject,
  key: string,
): string | undefined {
  const { managedFields } = metadata;
  const owners = (Array.isArray(managedFields) ? managedFields : [])
    .filter(
      entry =>
        field(field(field(entry, 'fieldsV1'), 'f:data'), `f:${key}`) !==
        undefined,
    )
    .map(entry => ({
      manager: field(entry, 'manager'),
      at: Date.parse(String(field(entry, 'time'))) || 0,
    }))
    .sort((one, other) => other.at - one.at);
  const manager = owners.at(0)?.manager;
  return typeof manager === 'string' && manager !== ''
    ? manager.slice(0, 200)
    : undefined;
}
