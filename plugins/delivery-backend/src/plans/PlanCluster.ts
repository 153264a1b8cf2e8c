import {
  CANARY_OF_LABEL,
  canaryDeployment,
  templateParts,
  versionLabels,
  workloadFacts,
  type PlanRouteObjects,
  type PlanTarget,
  type RouteTarget,
  type WorkloadFacts,
} from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { FIELD_MANAGER } from './fieldManager';
import { findObject } from './findObject';
import { PlanRouter } from './PlanRouter';
import type { PlanRecord } from './PlanStore';

/** The cluster as it was seen, and what a plan wants to know of it. */
export type Observation = {
  stable: WorkloadFacts;
  canary: WorkloadFacts;
  /** Whether pods of the canary are there that could get requests. */
  hasCanaryPods: boolean;
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
  readonly #router: PlanRouter;

  constructor(options: { client: ClusterClient }) {
    this.#client = options.client;
    this.#router = new PlanRouter(options);
  }

  /** @throws KubernetesError where anything but a missing object is answered */
  async observe(record: PlanRecord): Promise<Observation> {
    const { cluster, namespace, workload, context } = record;
    const find = (name: string) =>
      findObject(this.#client, cluster, RESOURCE_TYPES.deployments, {
        namespace,
        name,
      });
    const [stable, canary, routes, pods] = await Promise.all([
      find(workload),
      find(context.canaryWorkload),
      this.#router.read(record),
      this.#client.list(cluster, RESOURCE_TYPES.pods, {
        namespace,
        labelSelector: `${CANARY_OF_LABEL}=${workload}`,
      }),
    ]);
    return {
      stable: workloadFacts(stable, [], context.container),
      canary: workloadFacts(canary, pods.items, context.container),
      hasCanaryPods: pods.items.some(
        // One that is being deleted gets no requests any more.
        ({ metadata }) => metadata.deletionTimestamp === undefined,
      ),
      objects: { stable, canary, routes },
    };
  }

  /** Whether routes are as wanted already. False where they cannot be made so. */
  isRouted(
    record: PlanRecord,
    { objects }: Observation,
    target: RouteTarget,
  ): boolean {
    return this.#router.isRouted(record, objects.routes, target);
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
      this.#router.ensure(
        record,
        observed.objects.routes,
        target.routes,
        observed.canary.exists || observed.hasCanaryPods,
      ),
    );
    await attempt('The stable Deployment could not be changed', () =>
      this.#ensureStable(record, observed, target.stableImage),
    );
    await attempt('The Deployment of the canary could not be changed', () =>
      this.#ensureCanary(
        record,
        observed,
        target.canary,
        this.isRouted(record, observed, target.routes),
      ),
    );
    return { problems, isChanged };
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
    isRouted: boolean,
  ): Promise<boolean> {
    const { cluster, namespace, context, workload, plan } = record;
    const type = RESOURCE_TYPES.deployments;
    const { stable, canary } = objects;
    const isOurs = canary?.metadata.labels?.[CANARY_OF_LABEL] === workload;
    if (wanted === 'present' && !canary && stable) {
      // Without routes the Service would send requests to the new pods at once.
      if (!isRouted) {
        return false;
      }
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
}
