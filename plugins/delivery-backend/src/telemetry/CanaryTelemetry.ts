import {
  bucketsQuery,
  requestsQuery,
  type JudgedSide,
  type SidesQuery,
} from '@orrery/backstage-plugin-delivery-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import { readBuckets, readRequests, type Sides } from './readSides';

/** What both versions did over a window, and what is not known of it. */
export type SidesReading = Sides<JudgedSide> & {
  source: SourceStatus;
  /** Why something is not known, in words. */
  missing: string[];
};

/**
 * Asks a cluster's Prometheus how two versions do. Never throws: what cannot
 * be had is missing, with its reason.
 */
export class CanaryTelemetry {
  readonly #clients: ReadonlyMap<string, PrometheusClient>;
  readonly #now: () => Date;

  constructor(options: {
    clients: ReadonlyMap<string, PrometheusClient>;
    now?: () => Date;
  }) {
    this.#clients = options.clients;
    this.#now = options.now ?? (() => new Date());
  }

  clientOf(cluster: string): PrometheusClient | undefined {
    return this.#clients.get(cluster);
  }

  async sides(
    cluster: string,
    sides: SidesQuery,
    windowSeconds: number,
    at: Date = this.#now(),
  ): Promise<SidesReading> {
    const name = `${cluster}/prometheus`;
    const client = this.#clients.get(cluster);
    if (!client) {
      const reason = `No Prometheus is configured for cluster ${cluster}`;
      return {
        stable: {},
        canary: {},
        source: { name, state: 'absent', reason },
        missing: [reason],
      };
    }
    const { answers, failures } = await client.queryAll(
      {
        requests: requestsQuery(sides, windowSeconds),
        buckets: bucketsQuery(sides, windowSeconds),
      },
      { timeMilliseconds: at.getTime() },
    );
    const reasons = [
      ...new Set(
        Object.values(failures).map(error => `Prometheus: ${error.message}`),
      ),
    ];
    const counts = answers.requests && readRequests(answers.requests, sides);
    const latency = answers.buckets && readBuckets(answers.buckets, sides);
    const sideOf = (side: keyof Sides<unknown>): JudgedSide => ({
      ...counts?.[side],
      ...(latency && { latency: latency[side] }),
    });
    return {
      stable: sideOf('stable'),
      canary: sideOf('canary'),
      source:
        reasons.length === 0
          ? { name, state: 'ok', asOf: at.toISOString() }
          : { name, state: 'failed', reason: reasons.join('. ') },
      missing: reasons,
    };
  }
}
