import { maskSecrets } from '@orrery/backstage-plugin-delivery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';

/** What servers keep for themselves, and nobody compares. */
const SERVER_METADATA = new Set([
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** The object as a person would have written it. */
export function withoutServerFields(
  object: KubernetesObject,
): KubernetesObject {
  const { status: _, metadata, ...rest } = object;
  return {
    ...rest,
    metadata: {
      ...(Object.fromEntries(
        Object.entries(metadata).filter(([key]) => !SERVER_METADATA.has(key)),
      ) as KubernetesObject['metadata']),
    },
  };
}

/** Objects as one text of YAML documents, to be compared. */
export function showObjects(objects: readonly KubernetesObject[]): string {
  return objects
    .map(object => stringify(maskSecrets(withoutServerFields(object))))
    .join('---\n');
}
