import type {
  HeaderMatch,
  MeshObject,
} from '@orrery/backstage-plugin-mesh-common';
import { CANARY_OF_LABEL } from './canaryDeployment';
import type { RouteTarget } from './target';

/**
 * The objects that a plan changes: VirtualService and DestinationRule, or
 * HTTPRoute and a Service per version. Undefined: not there.
 *
 * @public
 */
export type PlanRouteObjects = {
  virtualService?: MeshObject;
  destinationRule?: MeshObject;
  httpRoute?: MeshObject;
  stableService?: MeshObject;
  canaryService?: MeshObject;
};

/** Where a plan is: the namespace, the stable Deployment, and what it began with. */
export type PlanPlace<Context> = {
  namespace: string;
  workload: string;
  context: Context;
};

/** Says of an object whose canary it was made for. */
export function madeFor(workload: string, object: MeshObject): MeshObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...Object(metadata.labels), [CANARY_OF_LABEL]: workload },
    },
  };
}

/** Whether a plan made an object; what was there before is not the plan's to take away. */
export function isMadeFor(workload: string, { metadata }: MeshObject): boolean {
  const labels: unknown = metadata.labels;
  return (
    typeof labels === 'object' &&
    labels !== null &&
    Reflect.get(labels, CANARY_OF_LABEL) === workload
  );
}

/** The headers of a step as edits of routes want them. */
export function headerMatches(
  headers: Exclude<RouteTarget, 'original'>['headers'],
): HeaderMatch[] {
  return Object.entries(headers).map(([name, match]) => {
    const type = (['exact', 'prefix', 'regex'] as const).find(
      kind => match[kind] !== undefined,
    );
    return {
      // HTTP/2 knows lower case only, and Istio wants it.
      name: name.toLocaleLowerCase('en-US'),
      type: type ?? 'exact',
      value: match[type ?? 'exact'] ?? '',
    };
  });
}
