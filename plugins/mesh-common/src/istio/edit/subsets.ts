import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { asObject, asObjects, withSpec, without } from './json';
import type { MeshObject } from './types';

/** A name that Istio can make part of a cluster's name in Envoy. */
const SUBSET_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Makes sure that a DestinationRule has a subset with these labels. One that
 * is there keeps its place and its traffic policy.
 *
 * @throws InvalidValueError naming `subset.name` or `subset.labels`
 * @public
 */
export function ensureSubset<T extends MeshObject>(
  destinationRule: T,
  subset: { name: string; labels: Readonly<Record<string, string>> },
): T {
  const { name, labels } = subset;
  if (!SUBSET_NAME.test(name)) {
    throw new InvalidValueError(
      'subset.name',
      'up to 63 lower case letters, digits and hyphens',
      name,
    );
  }
  if (Object.keys(labels).length === 0) {
    throw new InvalidValueError('subset.labels', 'at least one label', labels);
  }
  const present = asObjects(asObject(destinationRule.spec).subsets);
  const subsets = present.some(entry => entry.name === name)
    ? present.map(entry =>
        entry.name === name ? { ...entry, labels: { ...labels } } : entry,
      )
    : [...present, { name, labels: { ...labels } }];
  return withSpec(destinationRule, { subsets });
}

/**
 * Takes a subset out of a DestinationRule, and the list of subsets when it
 * was the last. Only for subsets that no route names any more: Istio answers
 * 503 to requests for a subset that is not there.
 *
 * @public
 */
export function removeSubset<T extends MeshObject>(
  destinationRule: T,
  name: string,
): T {
  const spec = asObject(destinationRule.spec);
  const present = asObjects(spec.subsets);
  const subsets = present.filter(entry => entry.name !== name);
  if (subsets.length === present.length) {
    return destinationRule;
  }
  return subsets.length > 0
    ? withSpec(destinationRule, { subsets })
    : { ...destinationRule, spec: without(spec, 'subsets') };
}
