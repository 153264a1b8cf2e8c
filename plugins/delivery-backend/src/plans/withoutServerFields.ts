import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';

/**
 * An object as someone would write it, to be made anew from.
 *
 * @param type - what it is, as items of lists do not always say
 */
export function withoutServerFields(
  { metadata, spec }: KubernetesObject,
  type: { apiVersion: string; kind: string },
): Record<string, unknown> {
  const { name, namespace, labels, annotations } = metadata;
  return {
    ...type,
    metadata: {
      name,
      namespace,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec,
  };
}
