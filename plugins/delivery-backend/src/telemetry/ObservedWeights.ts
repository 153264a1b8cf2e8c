import {
  weightsQuery,
  type Canary,
  type CanaryWeights,
} from '@orrery/backstage-plugin-delivery-common';
import type {
  PrometheusClient,
  PrometheusSample,
} from '@orrery/backstage-plugin-orrery-node';
import { parseRef } from '@orrery/backstage-plugin-orrery-common';
import { sideOf } from './readSides';

/** How far the observation reaches back. */
const WINDOW_SECONDS = 60;
/** All viewers share one answer for so long. */
const FRESH_MILLISECONDS = 10_000;

type Answer = {
  at: number;
  /** What was asked about; more canaries make a new question. */
  key: string;
  samples: Promise<PrometheusSample[] | string>;
};

/**
 * The shares of traffic that canaries really get, by one query per cluster
 * for all of them.
 */
export class ObservedWeights {
  readonly #clients: ReadonlyMap<string, PrometheusClient>;
  readonly #now: () => number;
  readonly #answers = new Map<string, Answer>();

  constructor(options: {
    clients: ReadonlyMap<string, PrometheusClient>;
    now?: () => number;
  }) {
    this.#clients = options.clients;
    this.#now = options.now ?? (() => Date.now());
  }

  /** Canaries of one cluster with what is observed, or why it is not. */
  async observe(
    cluster: string,
    canaries: readonly Canary[],
  ): Promise<Map<string, CanaryWeights>> {
    const observed = new Map<string, CanaryWeights>();
    const asked = canaries.filter(canary => {
      if (!canary.canary) {
        observed.set(canary.ref, canary.weights);
        return false;
      }
      const reason =
        canary.canary.telemetryReason ?? canary.stable.telemetryReason;
      if (reason) {
        observed.set(canary.ref, { ...canary.weights, observedReason: reason });
        return false;
      }
      return true;
    });
    if (asked.length === 0) {
      return observed;
    }
    const samples = await this.#samples(cluster, asked);
    for (const canary of asked) {
      observed.set(canary.ref, {
        ...canary.weights,
        ...(typeof samples === 'string'
          ? { observedReason: samples }
          : shareOf(canary, samples)),
      });
    }
    return observed;
  }

  #samples(
    cluster: string,
    canaries: readonly Canary[],
  ): Promise<PrometheusSample[] | string> {
    const client = this.#clients.get(cluster);
    if (!client) {
      return Promise.resolve(
        `No Prometheus is configured for cluster ${cluster}`,
      );
    }
    const targets = canaries.flatMap(canary => {
      const { namespace } = parseRef(canary.ref);
      return [canary.stable, canary.canary].flatMap(side =>
        side?.telemetry
          ? [{ namespace, workload: side.telemetry.workload }]
          : [],
      );
    });
    const key = weightsQuery(targets, WINDOW_SECONDS);
    const present = this.#answers.get(cluster);
    const now = this.#now();
    if (present?.key === key && now - present.at < FRESH_MILLISECONDS) {
      return present.samples;
    }
    const samples = client
      .query(key, { timeMilliseconds: now })
      .catch((error: Error) => `Prometheus: ${error.message}`);
    this.#answers.set(cluster, { at: now, key, samples });
    return samples;
  }
}

function shareOf(
  { ref, stable, canary }: Canary,
  samples: readonly PrometheusSample[],
): Partial<CanaryWeights> {
  const { namespace } = parseRef(ref);
  if (!stable.telemetry || !canary?.telemetry) {
    return { observedReason: 'The two versions cannot be told apart' };
  }
  const sides = {
    namespace,
    stable: stable.telemetry,
    canary: canary.telemetry,
  };
  const rates = { stable: 0, canary: 0 };
  for (const { metric, value } of samples) {
    const side =
      metric.destination_workload_namespace === namespace
        ? sideOf(metric, sides)
        : undefined;
    if (side && Number.isFinite(value)) {
      rates[side] += value;
    }
  }
  const total = rates.stable + rates.canary;
  return total > 0
    ? {
        observed: (rates.canary / total) * 100,
        observedSeconds: WINDOW_SECONDS,
      }
    : {
        observedReason: `No requests to either version within ${WINDOW_SECONDS} s`,
      };
}
