import {
  canaryPlanSchema,
  isOver,
  routingOf,
  type CanaryStart,
  type PlanRouting,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  parseTarget,
  type ClusterClient,
  type KubernetesObject,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import { selectorOf } from './labels';
import type { PlanStore } from './PlanStore';
import { preparedPlan } from './preparePlan';
import { readSurroundings, type PlanSurroundings } from './readSurroundings';

/** All who ask about one namespace share an answer for so long. */
const FRESH_MILLISECONDS = 5000;

type Read = { at: number; surroundings: Promise<PlanSurroundings> };

/**
 * Tags that a canary could have: any, and those that Services of others are
 * waiting for.
 */
function possibleTags({ services }: PlanSurroundings): string[] {
  const awaited = services
    .filter(({ metadata }) => metadata.name.endsWith('-canary'))
    .map(service => selectorOf(service).version);
  return ['another-version', ...awaited.filter(tag => tag !== undefined)];
}

/** @throws InvalidValueError as a start would, with any image */
function routingWithAnyImage(
  workload: string,
  stable: KubernetesObject,
  surroundings: PlanSurroundings,
): PlanRouting {
  const refusals: unknown[] = [];
  for (const tag of possibleTags(surroundings)) {
    try {
      const plan = canaryPlanSchema.parse({
        workload,
        image: `another-image:${tag}`,
        steps: [{ kind: 'weight', weight: 1 }],
      });
      return routingOf(preparedPlan(plan, stable, surroundings).context);
    } catch (error) {
      refusals.push(error);
    }
  }
  throw refusals[0];
}

/**
 * Finds out beforehand where a canary of our own would be refused, by the
 * same rules as its start: what is refused is not offered.
 */
export class StartChecks {
  readonly #client: ClusterClient;
  readonly #config: OrreryConfig;
  readonly #store: Pick<PlanStore, 'ofWorkload'>;
  readonly #now: () => number;
  readonly #reads = new Map<string, Read>();

  constructor(options: {
    client: ClusterClient;
    config: OrreryConfig;
    store: Pick<PlanStore, 'ofWorkload'>;
    now?: () => number;
  }) {
    this.#client = options.client;
    this.#config = options.config;
    this.#store = options.store;
    this.#now = options.now ?? (() => Date.now());
  }

  /**
   * @param workload - ref of a Deployment
   * @throws InvalidValueError about the ref
   */
  async check(workload: string): Promise<CanaryStart> {
    const { cluster, namespace, name } = parseTarget('workloads', workload, {
      kinds: ['Deployment'],
      config: this.#config,
    });
    try {
      const [surroundings, [latest]] = await Promise.all([
        this.#surroundings(cluster, namespace),
        this.#store.ofWorkload(cluster, namespace, name, 1),
      ]);
      if (latest && !isOver(latest.state)) {
        const reason = `a Deployment without a canary that is under way`;
        return { workload, state: 'refused', reason };
      }
      const stable = surroundings.deployments.find(
        ({ metadata }) => metadata.name === name,
      );
      if (!stable) {
        const reason = `a Deployment that is there`;
        return { workload, state: 'refused', reason };
      }
      const routing = routingWithAnyImage(workload, stable, surroundings);
      return { workload, state: 'possible', routing };
    } catch (error) {
      if (error instanceof InvalidValueError) {
        return { workload, state: 'refused', reason: error.expected };
      }
      const reason = error instanceof Error ? error.message : String(error);
      return { workload, state: 'unknown', reason };
    }
  }

  #surroundings(cluster: string, namespace: string): Promise<PlanSurroundings> {
    const key = `${cluster}/${namespace}`;
    const now = this.#now();
    for (const [known, { at }] of this.#reads) {
      if (now - at >= FRESH_MILLISECONDS) {
        this.#reads.delete(known);
      }
    }
    const present = this.#reads.get(key);
    if (present) {
      return present.surroundings;
    }
    const surroundings = readSurroundings(this.#client, cluster, namespace);
    this.#reads.set(key, { at: now, surroundings });
    return surroundings;
  }
}
