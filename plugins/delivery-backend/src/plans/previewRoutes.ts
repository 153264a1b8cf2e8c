import {
  planRoutes,
  type CanaryPlan,
  type PlanRouteObjects,
  type RouteTarget,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type NamedObject,
} from '@orrery/backstage-plugin-orrery-node';
import { FIELD_MANAGER } from './fieldManager';
import type { PreparedPlan } from './preparePlan';

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
 * Servers with older definitions of the Gateway API drop the share of a
 * mirror without a word, which makes it all of the requests.
 */
async function refuseLostMirror(
  client: ClusterClient,
  cluster: string,
  plan: CanaryPlan,
  wantedAt: (target: RouteTarget) => PlanRouteObjects,
): Promise<void> {
  const index = plan.steps.findIndex(
    step => step.kind === 'mirror' && step.percent > 0 && step.percent < 100,
  );
  const step = plan.steps[index];
  if (step?.kind !== 'mirror') {
    return;
  }
  const { percent } = step;
  const mirrored = wantedAt({ ...AT_FIRST, mirrorPercent: percent });
  const stored = await dryRoute(client, cluster, mirrored);
  if (!JSON.stringify(stored?.spec ?? '').includes(`"percent":${percent}`)) {
    throw new InvalidValueError(
      `steps[${index}].percent`,
      '100, or no mirror: the HTTPRoute of this cluster knows no share of a mirror',
      percent,
    );
  }
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
  const wantedAt = (target: RouteTarget) =>
    planRoutes(routes, { namespace, workload: name, context }, target);
  const wanted = wantedAt(AT_FIRST);
  if (!('httpRoute' in context)) {
    const shown = (objects: PlanRouteObjects): ShownRoutes => ({
      virtualService: objects.virtualService?.spec,
      destinationRule: objects.destinationRule?.spec,
    });
    return { before: shown(routes), after: shown(wanted) };
  }
  await refuseLostMirror(client, cluster, plan, wantedAt);
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
