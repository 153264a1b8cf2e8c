import {
  planRoutes,
  type PlanContext,
  type PlanRouteObjects,
  type RouteTarget,
} from '@orrery/backstage-plugin-delivery-common';
import {
  isSameJson,
  readRouteStanding,
} from '@orrery/backstage-plugin-mesh-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
} from '@orrery/backstage-plugin-orrery-node';
import { FIELD_MANAGER } from './fieldManager';
import { findObject } from './findObject';
import type { PlanRecord } from './PlanStore';

type RouteObjectName = keyof PlanRouteObjects;

const TYPES = {
  virtualService: RESOURCE_TYPES.virtualServices,
  destinationRule: RESOURCE_TYPES.destinationRules,
  httpRoute: RESOURCE_TYPES.httpRoutes,
  stableService: RESOURCE_TYPES.services,
  canaryService: RESOURCE_TYPES.services,
} satisfies Record<RouteObjectName, unknown>;

/** The object that decides, and those that it refers to. */
function partsOf(context: PlanContext): {
  router: RouteObjectName;
  referred: RouteObjectName[];
} {
  return 'httpRoute' in context
    ? { router: 'httpRoute', referred: ['stableService', 'canaryService'] }
    : { router: 'virtualService', referred: ['destinationRule'] };
}

function namesOf(context: PlanContext): [RouteObjectName, string][] {
  return 'httpRoute' in context
    ? [
        ['httpRoute', context.httpRoute.name],
        ['stableService', context.services.stable.name],
        ['canaryService', context.services.canary.name],
      ]
    : [
        ['virtualService', context.virtualService.name],
        ['destinationRule', context.destinationRule.name],
      ];
}

function hasReadyEndpoint({ endpoints }: { [field: string]: unknown }) {
  return (
    Array.isArray(endpoints) &&
    // Unknown counts as ready (https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ready).
    endpoints.some(endpoint => endpoint?.conditions?.ready !== false)
  );
}

/**
 * Why nobody follows what is written. An abort does not ask: what it puts
 * back must be there whoever follows it.
 */
function refusalOf(
  { state }: PlanRecord,
  { httpRoute }: PlanRouteObjects,
): string | undefined {
  const standing = httpRoute && readRouteStanding(httpRoute);
  return standing?.state === 'refused' && state.phase !== 'aborting'
    ? standing.sentence
    : undefined;
}

/** Reads and writes the objects that share out a service's requests. */
export class PlanRouter {
  readonly #client: ClusterClient;

  constructor(options: { client: ClusterClient }) {
    this.#client = options.client;
  }

  /** @throws KubernetesError where anything but a missing object is answered */
  async read({
    cluster,
    namespace,
    context,
  }: PlanRecord): Promise<PlanRouteObjects> {
    return Object.fromEntries(
      await Promise.all(
        namesOf(context).map(async ([part, name]) => [
          part,
          await findObject(this.#client, cluster, TYPES[part], {
            namespace,
            name,
          }),
        ]),
      ),
    );
  }

  /** Whether routes are as wanted already. False where they cannot be made so. */
  isRouted(
    record: PlanRecord,
    live: PlanRouteObjects,
    target: RouteTarget,
  ): boolean {
    return (
      this.#isWritten(record, live, target) &&
      refusalOf(record, live) === undefined
    );
  }

  #isWritten(
    record: PlanRecord,
    live: PlanRouteObjects,
    target: RouteTarget,
  ): boolean {
    try {
      return (
        this.#isUntouched(record, live, target) ||
        isSameJson(planRoutes(live, record, target), live)
      );
    } catch {
      return false;
    }
  }

  /**
   * Makes routes as a plan wants them.
   *
   * @param hasCanary - whether pods of the canary could get requests
   * @returns whether anything was written
   * @throws Error saying what keeps them from being so
   */
  async ensure(
    record: PlanRecord,
    live: PlanRouteObjects,
    target: RouteTarget,
    hasCanary: boolean,
  ): Promise<boolean> {
    if (this.#isWritten(record, live, target)) {
      const refusal = refusalOf(record, live);
      if (refusal !== undefined) {
        throw new Error(refusal);
      }
      return false;
    }
    const wanted = planRoutes(live, record, target);
    const { router, referred } = partsOf(record.context);
    const write = (part: RouteObjectName) =>
      this.#write(record.cluster, part, live, wanted);
    if (target === 'original') {
      // The original routes know no versions: with pods of the canary still
      // there, it would get requests again.
      if (hasCanary) {
        return false;
      }
      // What a route refers to may only go once no route names it any more;
      // the next look at the cluster will show that.
      return (await write(router)) || this.#writeAll(referred, write);
    }
    if (record.state.phase === 'aborting') {
      return this.#putBack(router, referred, write);
    }
    if (await this.#writeAll(referred, write)) {
      // Whether pods are known behind what is new, the next look will show.
      return true;
    }
    await this.#refuseEmpty(record, target);
    return write(router);
  }

  /** Nothing that an abort would have to put back: the plan has not come to routes, or a person was faster. */
  #isUntouched(
    record: PlanRecord,
    live: PlanRouteObjects,
    target: RouteTarget,
  ): boolean {
    const { router } = partsOf(record.context);
    return (
      record.state.phase === 'aborting' &&
      target !== 'original' &&
      isSameJson(planRoutes(live, record, 'original')[router], live[router])
    );
  }

  /** Traffic goes back although what routes refer to cannot be put right. */
  async #putBack(
    router: RouteObjectName,
    referred: readonly RouteObjectName[],
    write: (part: RouteObjectName) => Promise<boolean>,
  ): Promise<boolean> {
    const outcomes = await Promise.allSettled(referred.map(write));
    const isWritten = await write(router);
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') {
      throw failed.reason;
    }
    return (
      isWritten ||
      outcomes.some(outcome => outcome.status === 'fulfilled' && outcome.value)
    );
  }

  async #writeAll(
    parts: readonly RouteObjectName[],
    write: (part: RouteObjectName) => Promise<boolean>,
  ): Promise<boolean> {
    let isWritten = false;
    for (const part of parts) {
      isWritten = (await write(part)) || isWritten;
    }
    return isWritten;
  }

  /** A Service that was just made answers nothing before its pods are known. */
  async #refuseEmpty(
    { cluster, namespace, context }: PlanRecord,
    target: Exclude<RouteTarget, 'original'>,
  ): Promise<void> {
    if (!('httpRoute' in context)) {
      return;
    }
    const { stable, canary } = context.services;
    const isTried =
      target.weight > 0 ||
      target.mirrorPercent > 0 ||
      Object.keys(target.headers).length > 0;
    const names = [
      ...(target.weight < 100 ? [stable.name] : []),
      ...(isTried ? [canary.name] : []),
    ];
    for (const name of names) {
      const { items } = await this.#client.list(
        cluster,
        RESOURCE_TYPES.endpointSlices,
        { namespace, labelSelector: `kubernetes.io/service-name=${name}` },
      );
      if (!items.some(hasReadyEndpoint)) {
        throw new Error(`no ready pod is known behind Service ${name} yet`);
      }
    }
  }

  /** @returns whether anything had to be written */
  async #write(
    cluster: string,
    part: RouteObjectName,
    before: PlanRouteObjects,
    after: PlanRouteObjects,
  ): Promise<boolean> {
    const [live, wanted] = [before[part], after[part]];
    if (isSameJson(live, wanted)) {
      return false;
    }
    const options = { fieldManager: FIELD_MANAGER };
    if (live && wanted) {
      // The object carries the version it was read at.
      await this.#client.replace(cluster, TYPES[part], wanted, options);
    } else if (wanted) {
      await this.#client.create(cluster, TYPES[part], wanted, options);
    } else if (live) {
      await this.#client.delete(cluster, TYPES[part], live.metadata, options);
    }
    return true;
  }
}
