import { createRandom, type Random } from '../../random';
import type { Labels } from '../storage';

/** First scrape of the data set (2023-11-14T22:13:20Z), milliseconds. */
export const DATASET_START_MS = 1_700_000_000_000;
export const DATASET_INTERVAL_MS = 5000;
/** Forty minutes of scrapes. */
export const DATASET_SCRAPES = 480;

/** One series; undefined where it has no sample. */
export interface DatasetSeries {
  labels: Labels;
  values: (number | undefined)[];
}

/** One histogram; each scrape holds the cumulative counts with +Inf, then the sum. */
export interface DatasetHistogram {
  labels: Labels;
  rows: number[][];
}

export interface Dataset {
  counters: Map<string, DatasetSeries[]>;
  gauges: Map<string, DatasetSeries[]>;
  histograms: Map<string, { bounds: number[]; members: DatasetHistogram[] }>;
}

const COLUMNS = Array.from({ length: DATASET_SCRAPES }, (_, index) => index);

const EDGES: readonly (readonly [string, string, string, number])[] = [
  ['gateway', 'shop', 'v1', 40],
  ['shop', 'cart', 'v1', 22],
  ['shop', 'catalogue', 'v1', 18],
  ['shop', 'catalogue', 'v2', 6],
  ['cart', 'payments', 'v1', 9],
  ['payments', 'bank', 'v1', 3],
];

function counter(
  random: Random,
  perSecond: number,
  options: { resetAt?: number; from?: number; to?: number } = {},
): (number | undefined)[] {
  const { resetAt, from = 0, to = DATASET_SCRAPES } = options;
  let total = Math.floor(random.next() * 5000);
  return COLUMNS.map(column => {
    if (column === resetAt) total = 0;
    total += perSecond * 5 * (0.5 + random.next());
    if (column < from || column >= to) return undefined;
    return Math.floor(total);
  });
}

function gauge(shape: (column: number) => number): number[] {
  return COLUMNS.map(shape);
}

function requests(random: Random): DatasetSeries[] {
  const result: DatasetSeries[] = [];
  for (const [source, target, version, rate] of EDGES) {
    for (const reporter of ['source', 'destination']) {
      for (const code of ['200', '404', '503']) {
        const share = { 200: 1, 404: 0.04, 503: version === 'v2' ? 0.3 : 0.01 };
        const labels: Record<string, string> = {
          reporter,
          source_workload: source,
          source_workload_namespace: source === 'gateway' ? 'edge' : 'shop',
          destination_workload: target,
          destination_workload_namespace: 'shop',
          destination_version: version,
          destination_service_name: target,
          request_protocol: target === 'bank' ? 'grpc' : 'http',
          response_code: code,
          response_flags: code === '503' ? 'UF,URX' : '-',
          connection_security_policy:
            reporter === 'destination' ? 'mutual_tls' : 'unknown',
        };
        const perSecond = rate * (share[code as '200' | '404' | '503'] ?? 0);
        result.push({
          labels,
          values: counter(random, perSecond, {
            resetAt: target === 'cart' && code === '200' ? 300 : undefined,
            from: version === 'v2' ? 377 : 0,
          }),
        });
      }
    }
  }
  return result;
}

function durations(random: Random): {
  bounds: number[];
  members: DatasetHistogram[];
} {
  const bounds = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];
  const members = EDGES.map(([source, target, version, rate], edge) => {
    const counts = new Array<number>(bounds.length + 1).fill(0);
    let sum = 0;
    const rows = COLUMNS.map(() => {
      const observations = Math.floor(rate * 5 * (0.5 + random.next()));
      for (let one = 0; one < observations; one++) {
        const milliseconds = (edge + 1) * 6 * -Math.log(1 - random.next());
        sum += milliseconds;
        bounds.forEach((bound, index) => {
          if (milliseconds <= bound) counts[index] += 1;
        });
        counts[bounds.length] += 1;
      }
      return [...counts, sum];
    });
    const labels = {
      reporter: 'destination',
      source_workload: source,
      destination_workload: target,
      destination_version: version,
    };
    return { labels, rows };
  });
  return { bounds, members };
}

/** Samples with the shapes that a mesh, Kubernetes and odd exporters produce. Always the same. */
export function createDataset(): Dataset {
  const random = createRandom(42);
  const pods = ['shop-7c9f-a1', 'shop-7c9f-b2', 'cart-55d-c3', 'bank-0'];
  const onPods = (make: (index: number) => (number | undefined)[]) =>
    pods.map((pod, index) => ({
      labels: { namespace: index === 3 ? 'finance' : 'shop', pod },
      values: make(index),
    }));
  const counters = new Map<string, DatasetSeries[]>([
    ['istio_requests_total', requests(random)],
    [
      'istio_tcp_sent_bytes_total',
      EDGES.slice(3).map(([source, target]) => ({
        labels: {
          reporter: 'source',
          source_workload: source,
          destination_workload: target,
        },
        values: counter(random, 12_345.6),
      })),
    ],
    [
      'container_cpu_usage_seconds_total',
      onPods(index =>
        (counter(random, 900 * (index + 1)) as number[]).map(v => v / 1000),
      ).map(one => ({ ...one, labels: { ...one.labels, container: 'app' } })),
    ],
    [
      'node_cpu_seconds_total',
      ['0', '1'].flatMap(cpu =>
        ['idle', 'user', 'system'].map((mode, index) => ({
          labels: { instance: `node-${cpu}`, cpu, mode },
          values: counter(random, [0.7, 0.2, 0.1][index] * 100),
        })),
      ),
    ],
    [
      'ended_total',
      [
        { labels: { job: 'early' }, values: counter(random, 3, { to: 200 }) },
        {
          labels: { job: 'middle' },
          values: counter(random, 3, { from: 100, to: 420 }),
        },
      ],
    ],
  ]);
  const gauges = new Map<string, DatasetSeries[]>([
    [
      'container_memory_working_set_bytes',
      onPods(index =>
        gauge(column => 1e8 * (index + 1) + 1e6 * Math.sin(column / 20)),
      ),
    ],
    [
      'kube_pod_info',
      onPods(() => gauge(() => 1)).map((one, index) => ({
        ...one,
        labels: { ...one.labels, node: `node-${index % 2}`, uid: `u${index}` },
      })),
    ],
    [
      'kube_pod_container_status_restarts',
      onPods(index => gauge(column => Math.floor((column * index) / 150))),
    ],
    [
      'up',
      onPods(index =>
        gauge(column => (index === 2 && column % 40 < 5 ? 0 : 1)),
      ),
    ],
    [
      'odd',
      [
        {
          labels: { kind: 'nan' },
          values: gauge(column => (column % 3 === 0 ? NaN : column)),
        },
        {
          labels: { kind: 'infinite' },
          values: gauge(column => (column % 50 === 49 ? Infinity : -column)),
        },
        {
          labels: { kind: 'negative' },
          values: gauge(column => -17.25 - (column % 7)),
        },
        {
          labels: { kind: 'tiny' },
          values: gauge(column => 1e-12 * (column + 1)),
        },
        {
          labels: { kind: 'huge' },
          values: gauge(column => 1e300 * (1 + (column % 5))),
        },
        { labels: { kind: 'zero' }, values: gauge(() => 0) },
      ],
    ],
    [
      'temperature',
      ['a-1', 'a-2', 'a-10', 'b'].map((room, index) => ({
        labels: { room, floor: String(index % 2) },
        values: gauge(
          column =>
            20 +
            index * 1.5 +
            5 * Math.sin(column / 30 + index) +
            random.next() / 10,
        ),
      })),
    ],
    [
      'info',
      ['a-1', 'a-2', 'b'].map((room, index) => ({
        labels: { room, owner: `team-${index}` },
        values: gauge(() => 1),
      })),
    ],
  ]);
  return {
    counters,
    gauges,
    histograms: new Map([
      ['istio_request_duration_milliseconds', durations(random)],
    ]),
  };
}

/** Instant of a scrape, milliseconds. */
export function scrapeTime(column: number): number {
  return DATASET_START_MS + column * DATASET_INTERVAL_MS;
}
