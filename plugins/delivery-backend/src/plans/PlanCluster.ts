import {
  CANARY_OF_LABEL,
  canaryDeployment,
  planRoutes,
  templateParts,
  versionLabels,
  workloadFacts,
  type PlanRouteObjects,
  type PlanTarget,
  type RouteTarget,
  type WorkloadFacts,
} from '@orrery/backstage-plugin-delivery-common';
import {
  isSameJson,
  type MeshObject,
} from '@orrery/backstage-plugin-mesh-common';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import type { PlanRecord } from './PlanStore';

export const FIELD_MANAGER = 'orrery';

/** The cluster as it was seen, and what a plan wants to know of it. */
export type Observation = {
  stable: WorkloadFacts;
  canary: WorkloadFacts;
  objects: {
    stable: KubernetesObject | undefined;
    canary: KubernetesObject | undefined;
    routes: PlanRouteObjects;
  };
};

/**
 * Reads and writes what plans are about. Reads go to the API server itself,
 * never to a cache: what is decided on must be true.
 */
export class PlanCluster {
  readonly #client: ClusterClient;

  constructor(options: { client: ClusterClient }) {
    this.#client = options.client;
  }

  /** @throws KubernetesError where anything but a missing object is answered */
  async observe(record: PlanRecord): Promise<Observation> {
    const { cluster, namespace, workload, context } = record;
    const find = (type: ResourceType, name: string) =>
      this.#find(cluster, type, namespace, name);
    const [stable, canary, virtualService, destinationRule, pods] =
      await Promise.all([
        find(RESOURCE_TYPES.deployments, workload),
        find(RESOURCE_TYPES.deployments, context.canaryWorkload),
        find(RESOURCE_TYPES.virtualServices, context.virtualService.name),
        find(RESOURCE_TYPES.destinationRules, context.destinationRule.name),
        this.#client.list(cluster, RESOURCE_TYPES.pods, {
          namespace,
          labelSelector: `${CANARY_OF_LABEL}=${workload}`,
        }),
      ]);
    return {
      stable: workloadFacts(stable, [], context.container),
      canary: workloadFacts(canary, pods.items, context.container),
      objects: { stable, canary, routes: { virtualService, destinationRule } },
    };
  }

  /** Whether routes are as wanted already. False where they cannot be made so. */
  isRouted(
    record: PlanRecord,
    { objects }: Observation,
    target: RouteTarget,
  ): boolean {
    try {
      return isSameJson(
        planRoutes(objects.routes, record, target),
        objects.routes,
      );
    } catch {
      return false;
    }
  }

  /**
   * Makes the cluster as a plan wants it, traffic first. Each part is tried
   * whatever becomes of the others.
   *
   * @returns sentences on what did not work, and whether anything was written
   */
  async ensure(
    record: PlanRecord,
    observed: Observation,
    target: PlanTarget,
  ): Promise<{ problems: string[]; isChanged: boolean }> {
    const problems: string[] = [];
    let isChanged = false;
    const attempt = async (what: string, work: () => Promise<boolean>) => {
      try {
        isChanged = (await work()) || isChanged;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        problems.push(`${what}: ${reason}`);
      }
    };
    await attempt('Routes could not be changed', () =>
      this.#ensureRoutes(record, observed, target.routes),
    );
    await attempt('The stable Deployment could not be changed', () =>
      this.#ensureStable(record, observed, target.stableImage),
    );
    await attempt('The Deployment of the canary could not be changed', () =>
      this.#ensureCanary(record, observed, target.canary),
    );
    return { problems, isChanged };
  }

  async #ensureRoutes(
    record: PlanRecord,
    { objects }: Observation,
    target: RouteTarget,
  ): Promise<boolean> {
    const live = objects.routes;
    const wanted = planRoutes(live, record, target);
    const write = (name: 'virtualService' | 'destinationRule') =>
      this.#write(
        record.cluster,
        name === 'virtualService'
          ? RESOURCE_TYPES.virtualServices
          : RESOURCE_TYPES.destinationRules,
        live[name],
        wanted[name],
      );
    if (target === 'original') {
      // A subset may only go once no route names it any more; the next look
      // at the cluster will show that.
      return (await write('virtualService')) || write('destinationRule');
    }
    const isRuleWritten = await write('destinationRule');
    return (await write('virtualService')) || isRuleWritten;
  }

  /** @returns whether anything had to be written */
  async #write(
    cluster: string,
    type: ResourceType,
    live: MeshObject | undefined,
    wanted: MeshObject | undefined,
  ): Promise<boolean> {
    if (isSameJson(live, wanted)) {
      return false;
    }
    const options = { fieldManager: FIELD_MANAGER };
    if (live && wanted) {
      // The object carries the version it was read at.
      await this.#client.replace(cluster, type, wanted, options);
    } else if (wanted) {
      await this.#client.create(cluster, type, wanted, options);
    } else if (live) {
      await this.#client.delete(cluster, type, live.metadata, options);
    }
    return true;
  }

  async #ensureStable(
    record: PlanRecord,
    { stable, objects }: Observation,
    wanted: PlanTarget['stableImage'],
  ): Promise<boolean> {
    if (wanted === 'as-is' || !objects.stable) {
      return false;
    }
    const { plan, context, cluster, namespace, workload } = record;
    const image = wanted === 'new' ? plan.image : context.oldImage;
    if (stable.image === image) {
      return false;
    }
    const { labels, selector } = templateParts(objects.stable);
    await this.#client.patch(
      cluster,
      RESOURCE_TYPES.deployments,
      { namespace, name: workload },
      {
        type: 'strategic',
        patch: {
          metadata: {
            annotations: {
              'kubernetes.io/change-cause': `${record.startedBy} via Orrery: ${record.purpose}`,
            },
          },
          spec: {
            template: {
              metadata: { labels: versionLabels(labels, selector, image) },
              spec: { containers: [{ name: context.container, image }] },
            },
          },
        },
      },
      { fieldManager: FIELD_MANAGER },
    );
    return true;
  }

  async #ensureCanary(
    record: PlanRecord,
    { objects }: Observation,
    wanted: PlanTarget['canary'],
  ): Promise<boolean> {
    const { cluster, namespace, context, workload, plan } = record;
    const type = RESOURCE_TYPES.deployments;
    const { stable, canary } = objects;
    const isOurs = canary?.metadata.labels?.[CANARY_OF_LABEL] === workload;
    if (wanted === 'present' && !canary && stable) {
      await this.#client.create(
        cluster,
        type,
        canaryDeployment(stable, plan, context),
        { fieldManager: FIELD_MANAGER },
      );
      return true;
    }
    if (wanted !== 'as-is' && canary && !isOurs) {
      throw new Error(
        `${context.canaryWorkload} is not the canary of ${workload}: someone else made it`,
      );
    }
    if (wanted === 'absent' && canary) {
      await this.#client.delete(cluster, type, {
        namespace,
        name: context.canaryWorkload,
      });
      return true;
    }
    return false;
  }

  async #find(
    cluster: string,
    type: ResourceType,
    namespace: string,
    name: string,
  ): Promise<KubernetesObject | undefined> {
    try {
      return await this.#client.get(cluster, type, { namespace, name });
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }
}
