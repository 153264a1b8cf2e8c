import type { Clock } from '../clock';
import type { Prometheus } from '../prometheus';
import { rangeSeries } from '../prometheus/range-series';
import { hashOf } from '../simulator/hash';
import type { LiveCluster } from '../simulator/live/cluster';
import type { PastTime } from '../simulator/telemetry/pastTime';
import type { World } from '../world/types';

/** Values of one set of tags over the whole of time. */
export interface LongSeries {
  tags: Readonly<Record<string, string>>;
  /** Undefined where there was nothing; milliseconds since the Unix epoch. */
  at(milliseconds: number): number | undefined;
}

export interface LongHistoryOptions {
  prometheus: Prometheus;
  past: PastTime;
  cluster: LiveCluster;
  world: World;
  clock: Clock;
}

const HOUR = 3_600_000;
/** What is kept. */
const KEPT_DAYS = 90;
/** The present by which the past is measured. */
const MEASURED = 10 * 60_000;
/** How long what has been measured is good for. */
const FRESH = 30_000;

const COUNTERS = [
  'istio_requests_total',
  'container_cpu_usage_seconds_total',
  'container_network_receive_bytes_total',
  'container_network_transmit_bytes_total',
];
const GAUGES = ['container_memory_working_set_bytes'];

/**
 * What Prometheus has written to a store that keeps it for months. The past
 * is the present over the closed form of a day's traffic: counters grow with
 * its integral, and series begin when their release or their pod did.
 */
export class LongHistory {
  readonly measurements = [...COUNTERS, ...GAUGES].sort();
  readonly #cache = new Map<string, { until: number; series: LongSeries[] }>();

  constructor(private readonly options: LongHistoryOptions) {}

  /** The oldest instant that is kept. */
  get oldestAt(): number {
    return this.options.clock.now() - KEPT_DAYS * 24 * HOUR;
  }

  /** The series of a measurement; none for those that nobody writes. */
  async series(measurement: string): Promise<LongSeries[]> {
    const now = this.options.clock.now();
    const cached = this.#cache.get(measurement);
    if (cached && cached.until > now) return cached.series;
    let series: LongSeries[] = [];
    if (COUNTERS.includes(measurement))
      series = await this.#counters(measurement);
    else if (GAUGES.includes(measurement))
      series = await this.#gauges(measurement);
    this.#cache.set(measurement, { until: now + FRESH, series });
    return series;
  }

  async #present(query: string) {
    const now = this.options.clock.now();
    const range = { startMs: now, endMs: now, stepMs: 1000 };
    return rangeSeries(this.options.prometheus.engine, query, range);
  }

  async #counters(measurement: string): Promise<LongSeries[]> {
    const { past, clock } = this.options;
    const now = clock.now();
    const grown = past.integral(now) - past.integral(now - MEASURED);
    const found = await this.#present(`increase(${measurement}[10m])`);
    const origin = this.oldestAt;
    const total = new Map<string, number>();
    const own = new Map<string, number>();
    const add = (map: Map<string, number>, key: string, value: number) =>
      map.set(key, (map.get(key) ?? 0) + value);
    for (const { labels, values } of found) {
      add(total, appOf(labels), values[0]);
      add(own, `${appOf(labels)}@${labels.destination_version}`, values[0]);
    }
    return found.map(({ labels, values }) => {
      const rate = values[0] / grown;
      const { since, aloneUntil } = this.#times(labels);
      const mine =
        own.get(`${appOf(labels)}@${labels.destination_version}`) ?? 0;
      // Before a younger release came, the older one answered everything.
      const factor = mine > 0 ? (total.get(appOf(labels)) ?? mine) / mine : 1;
      const start = past.integral(Math.max(since, origin));
      const change = past.integral(Math.max(aloneUntil, since, origin));
      return {
        tags: labels,
        at: milliseconds => {
          if (milliseconds < Math.max(since, origin)) return undefined;
          if (milliseconds > clock.now()) return undefined;
          const integral = past.integral(milliseconds);
          const before = Math.min(integral, change) - start;
          const after = Math.max(integral - change, 0);
          return rate * (before * factor + after);
        },
      };
    });
  }

  async #gauges(measurement: string): Promise<LongSeries[]> {
    const { clock } = this.options;
    const origin = this.oldestAt;
    return (await this.#present(measurement)).map(({ labels, values }) => {
      const { __name__: _name, ...tags } = labels;
      const { since } = this.#times(tags);
      const phase = hashOf(`${tags.pod}/${tags.container}`) % 1000;
      return {
        tags,
        at: milliseconds => {
          if (milliseconds < Math.max(since, origin)) return undefined;
          if (milliseconds > clock.now()) return undefined;
          // A period that no usual step is a multiple of.
          const turns = milliseconds / (5.37 * HOUR) + phase / 1000;
          return values[0] * (1 + 0.06 * Math.sin(2 * Math.PI * turns));
        },
      };
    });
  }

  /** When a series began, and until when its release was the only one of its app. */
  #times(labels: Readonly<Record<string, string>>): {
    since: number;
    aloneUntil: number;
  } {
    const { cluster, world, past } = this.options;
    if (labels.pod !== undefined) {
      const pod = cluster.pod(labels.namespace, labels.pod);
      const created = pod?.object.metadata.creationTimestamp ?? '';
      return { since: Date.parse(created) || 0, aloneUntil: 0 };
    }
    const app = world.apps.find(
      ({ namespace, name }) =>
        namespace === labels.destination_workload_namespace &&
        name === labels.destination_canonical_service,
    );
    const begun = (ageHours: number) => past.end - ageHours * HOUR;
    const releases = app?.releases ?? [];
    const release = releases.find(
      ({ version }) => version === labels.destination_version,
    );
    const isOldest = releases.every(
      ({ ageHours }) => ageHours <= (release?.ageHours ?? 0),
    );
    const youngest = Math.min(...releases.map(({ ageHours }) => ageHours));
    // What answers today had a predecessor of the same version before it.
    const since = !release || isOldest ? 0 : begun(release.ageHours);
    const isMany = releases.length > 1 && release !== undefined && isOldest;
    return { since, aloneUntil: isMany ? begun(youngest) : 0 };
  }
}

/** What tells apart whose requests are counted, the version left out. */
function appOf(labels: Readonly<Record<string, string>>): string {
  return [
    labels.reporter,
    labels.destination_workload_namespace,
    labels.destination_canonical_service,
  ].join('/');
}
