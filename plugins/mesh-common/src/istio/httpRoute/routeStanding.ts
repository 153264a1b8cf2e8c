import { asObject, asObjects, asText, type Json } from '../edit/json';
import type { MeshObject } from '../edit/types';

/**
 * Whether proxies follow an HTTPRoute, as its controllers say; `unknown`
 * where none has said anything about the present version.
 *
 * @public
 */
export type RouteStanding = {
  state: 'followed' | 'refused' | 'unknown';
  /** Why, where it is not simply followed. */
  sentence?: string;
};

function conditionOf(
  parent: Json,
  wanted: string,
  generation: unknown,
): Json | undefined {
  const found = asObjects(parent.conditions).find(
    ({ type }) => type === wanted,
  );
  const isStale =
    typeof found?.observedGeneration === 'number' &&
    typeof generation === 'number' &&
    found.observedGeneration < generation;
  // What holds for an older version may hold for this one; what was refused may be mended.
  return isStale && found.status !== 'True' ? undefined : found;
}

function said({ message, reason }: Json): string {
  return asText(message) ?? asText(reason) ?? 'no reason was given';
}

/**
 * Reads the status of an HTTPRoute
 * (https://gateway-api.sigs.k8s.io/reference/spec/#routeparentstatus).
 *
 * @public
 */
export function readRouteStanding({
  metadata,
  status,
}: MeshObject): RouteStanding {
  const { name, generation } = metadata;
  const parents = asObjects(asObject(status).parents);
  const accepted = parents.map(parent =>
    conditionOf(parent, 'Accepted', generation),
  );
  if (accepted.every(condition => condition === undefined)) {
    return {
      state: 'unknown',
      sentence: `No controller has said whether it follows HTTPRoute ${name} as it is.`,
    };
  }
  const refusals = accepted.flatMap((condition, index) =>
    condition?.status === 'False'
      ? [
          `${asText(parents[index].controllerName) ?? 'a controller'}: ${said(
            condition,
          )}`,
        ]
      : [],
  );
  const sentence = `HTTPRoute ${name} is not accepted by ${refusals.join(
    '; ',
  )}`;
  if (refusals.length === parents.length) {
    return { state: 'refused', sentence };
  }
  const unresolved = parents
    .map(parent => conditionOf(parent, 'ResolvedRefs', generation))
    .find(condition => condition?.status === 'False');
  const sentences = [
    ...(refusals.length > 0 ? [`${sentence}.`] : []),
    ...(unresolved
      ? [`Some of HTTPRoute ${name} leads nowhere: ${said(unresolved)}.`]
      : []),
  ];
  return {
    state: 'followed',
    ...(sentences.length > 0 && { sentence: sentences.join(' ') }),
  };
}
