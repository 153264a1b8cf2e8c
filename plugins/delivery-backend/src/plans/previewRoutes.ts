import {
  planRoutes,
  type CanaryPlan,
  type PlanRouteObjects,
} from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type NamedObject,
} from '@orrery/backstage-plugin-orrery-node';
import { FIELD_MANAGER } from './fieldManager';
import type { PreparedPlan } from './preparePlan';
import { refuseUnkept } from './refuseUnkept';

const AT_FIRST = { weight: 0, headers: {}, mirrorPercent: 0 };
const DRY_RUN = { dryRun: true, fieldManager: FIELD_MANAGER };

/** Specs of routes by what people call the objects. */
export type ShownRoutes = Record<string, unknown>;

/** What a server would store of an HTTPRoute. */
async function dryRoute(
  client: ClusterClient,
  cluster: string,
  { httpRoute }: PlanRouteObjects,
): Promise<KubernetesObject | undefined> {
  return (
    httpRoute &&
    client.replace(
      cluster,
      RESOURCE_TYPES.httpRoutes,
      httpRoute as KubernetesObject,
      DRY_RUN,
    )
  );
}

/**
 * Routes before a plan and as it begins, for people to compare. What an
 * HTTPRoute and its Services become is the server's own dry run.
 *
 * @throws KubernetesError where the server refuses it
 * @throws InvalidValueError where it would not store what the plan needs
 */
export async function previewRoutes(
  client: ClusterClient,
  plan: CanaryPlan,
  { cluster, namespace, name }: NamedObject,
  { context, routes }: PreparedPlan,
): Promise<{ before: ShownRoutes; after: ShownRoutes }> {
  const place = { namespace, workload: name };
  const wanted = planRoutes(routes, { ...place, context }, AT_FIRST);
  if (!('httpRoute' in context)) {
    const shown = (objects: PlanRouteObjects): ShownRoutes => ({
      virtualService: objects.virtualService?.spec,
      destinationRule: objects.destinationRule?.spec,
    });
    return { before: shown(routes), after: shown(wanted) };
  }
  await refuseUnkept(plan, { ...place, context }, routes, objects =>
    dryRoute(client, cluster, objects),
  );
  const { stable, canary } = context.services;
  const made = async (part: 'stableService' | 'canaryService') => {
    const service = wanted[part] as KubernetesObject;
    return routes[part]
      ? service.spec
      : (
          await client.create(
            cluster,
            RESOURCE_TYPES.services,
            service,
            DRY_RUN,
          )
        ).spec;
  };
  return {
    before: {
      httpRoute: routes.httpRoute?.spec,
      [`service ${stable.name}`]: routes.stableService?.spec,
      [`service ${canary.name}`]: routes.canaryService?.spec,
    },
    after: {
      httpRoute: (await dryRoute(client, cluster, wanted))?.spec,
      [`service ${stable.name}`]: await made('stableService'),
      [`service ${canary.name}`]: await made('canaryService'),
    },
  };
}
