import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  parseRef,
  type ObjectRef,
} from '@orrery/backstage-plugin-orrery-common';
import type { ReleaseFigures } from '@orrery/backstage-plugin-delivery-common';
import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import type { ReleaseStore } from './ReleaseStore';

/** What is compared: so long before a release began and after it ended. */
export const WINDOW_SECONDS = 600;
/** Releases that ended longer ago stay without figures. */
const OLDEST_SECONDS = 24 * 3600;

function queries({ namespace, name }: { namespace: string; name: string }) {
  const matchers = [
    'reporter=~"destination|waypoint"',
    `destination_workload_namespace=${JSON.stringify(namespace)}`,
    `destination_workload=${JSON.stringify(name)}`,
  ].join(',');
  const window = `[${WINDOW_SECONDS}s]`;
  return {
    requests: `sum(rate(istio_requests_total{${matchers}}${window}))`,
    // None that failed is an answer, too, as long as there were requests.
    errors: `sum(rate(istio_requests_total{${matchers},response_code=~"5..|0"}${window})) or 0 * sum(rate(istio_requests_total{${matchers}}${window}))`,
    p95: `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${matchers}}${window})))`,
  };
}

/** Measures what the mesh saw before and after releases. */
export class ReleaseMeter {
  readonly #options: {
    store: ReleaseStore;
    prometheus: ReadonlyMap<string, PrometheusClient>;
    logger: LoggerService;
    now?: () => Date;
  };

  constructor(options: {
    store: ReleaseStore;
    prometheus: ReadonlyMap<string, PrometheusClient>;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#options = options;
  }

  /** Measures releases whose window after has passed. */
  async measureAll(): Promise<void> {
    const { store, logger, now = () => new Date() } = this.#options;
    const ago = (seconds: number) =>
      new Date(now().getTime() - seconds * 1000).toISOString();
    const due = await store.unmeasured(
      ago(OLDEST_SECONDS),
      ago(WINDOW_SECONDS),
    );
    for (const release of due) {
      try {
        const ref = parseRef(release.workload);
        const end = Date.parse(release.finishedAt ?? release.startedAt);
        const [before, after] = await Promise.all([
          this.#figures(ref, Date.parse(release.startedAt)),
          this.#figures(ref, end + WINDOW_SECONDS * 1000),
        ]);
        await store.setFigures(release.id, { before, after });
      } catch (error) {
        logger.warn(`Release ${release.id} was not measured: ${error}`);
      }
    }
  }

  async #figures(
    ref: ObjectRef,
    untilMilliseconds: number,
  ): Promise<ReleaseFigures> {
    const shell = {
      until: new Date(untilMilliseconds).toISOString(),
      windowSeconds: WINDOW_SECONDS,
    };
    const client = this.#options.prometheus.get(ref.cluster);
    if (!client || ref.type !== 'workload') {
      return {
        ...shell,
        reason: `No Prometheus is configured for cluster ${ref.cluster}`,
      };
    }
    const { answers, failures } = await client.queryAll(queries(ref), {
      timeMilliseconds: untilMilliseconds,
    });
    const valueOf = (name: 'requests' | 'errors' | 'p95') => {
      const value = answers[name]?.at(0)?.value;
      return value !== undefined && Number.isFinite(value) ? value : undefined;
    };
    const requests = valueOf('requests');
    const errors = valueOf('errors');
    const p95 = valueOf('p95');
    const [failure] = Object.values(failures);
    const silent =
      requests === undefined || requests === 0
        ? 'No requests were seen in this window'
        : undefined;
    const reason = failure?.message ?? silent;
    return {
      ...shell,
      ...(requests !== undefined && { requestsPerSecond: requests }),
      ...(requests &&
        errors !== undefined && { errorShare: errors / requests }),
      ...(p95 !== undefined && { p95Milliseconds: p95 }),
      ...(reason && { reason }),
    };
  }
}
