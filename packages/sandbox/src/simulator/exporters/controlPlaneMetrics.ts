import type { ExporterContext } from './exporter';
import { buildIstiod, istiodDeclarations } from './istiodMetrics';
import type { LivePod } from '../live/model';
import { waveAt } from './meter';

/** Upper bounds of the components' histograms, in seconds. */
export const seconds = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** Requests per second to each API server, by verb and resource, with their code. */
const apiRequests: readonly [
  verb: string,
  resource: string,
  code: string,
  rate: number,
][] = [
  ['GET', 'pods', '200', 6],
  ['LIST', 'pods', '200', 0.8],
  ['WATCH', 'pods', '200', 0.12],
  ['GET', 'nodes', '200', 2.5],
  ['PATCH', 'nodes', '200', 1.1],
  ['GET', 'leases', '200', 9],
  ['PUT', 'leases', '200', 9],
  ['GET', 'configmaps', '200', 1.4],
  ['GET', 'endpointslices', '200', 0.9],
  ['LIST', 'virtualservices', '200', 0.1],
  ['PATCH', 'deployments', '200', 0.05],
  ['GET', 'secrets', '403', 0.02],
  ['PUT', 'deployments', '409', 0.01],
];

/** Name, type and help of their counters and gauges. */
export const declarations = [
  ['apiserver_request_total', 'counter', 'Requests to the API server.'],
  ['apiserver_storage_objects', 'gauge', 'Objects in storage by resource.'],
  ['etcd_server_has_leader', 'gauge', 'Whether a leader exists.'],
  ['etcd_server_leader_changes_seen_total', 'counter', 'Leader changes seen.'],
  ['etcd_mvcc_db_total_size_in_bytes', 'gauge', 'Size of the database.'],
  ['coredns_dns_requests_total', 'counter', 'DNS requests by type.'],
  ['coredns_dns_responses_total', 'counter', 'DNS responses by code.'],
  ...istiodDeclarations,
] as const;

/** Name and help of their histograms. */
export const histograms = [
  [
    'apiserver_request_duration_seconds',
    'Duration of requests to the API server.',
  ],
  [
    'etcd_disk_wal_fsync_duration_seconds',
    'Duration of fsync of the write-ahead log.',
  ],
  ['coredns_dns_request_duration_seconds', 'Duration of DNS requests.'],
  [
    'pilot_proxy_convergence_time',
    'Delay between a change and its arrival at all proxies, in seconds.',
  ],
] as const;

/** What a builder of one component's metrics gets: rates are per second, durations means in seconds. */
export interface Build {
  counter(
    name: string,
    labels: Record<string, string>,
    rate: () => number,
  ): void;
  duration(
    name: string,
    labels: Record<string, string>,
    rate: () => number,
    meanSeconds: number,
  ): void;
  gauge(
    name: string,
    labels: Record<string, string>,
    at: (milliseconds: number) => number,
  ): void;
  random: () => number;
  /** The pod whose metrics they are. */
  pod: LivePod;
}

/** What each component exposes, by the name its pods carry in their labels. */
export function componentBuilders(
  context: ExporterContext,
): Readonly<Record<string, (build: Build) => void>> {
  const { store } = context;
  const countOf = (resource: string) => store.list(resource).length;

  return {
    'kube-apiserver': build => {
      for (const [verb, resource, code, rate] of apiRequests) {
        build.counter(
          'apiserver_request_total',
          { verb, resource, code, version: 'v1' },
          () => rate,
        );
        if (verb !== 'WATCH' && code === '200') {
          build.duration(
            'apiserver_request_duration_seconds',
            { verb, resource },
            () => rate,
            verb === 'LIST' ? 0.04 : 0.006,
          );
        }
      }
      for (const resource of [
        'pods',
        'services',
        'deployments.apps',
        'configmaps',
      ]) {
        build.gauge('apiserver_storage_objects', { resource }, () =>
          countOf(resource),
        );
      }
    },
    etcd: build => {
      const size = 90e6 + 30e6 * build.random();
      build.gauge('etcd_server_has_leader', {}, () => 1);
      build.counter('etcd_server_leader_changes_seen_total', {}, () => 0);
      build.gauge('etcd_mvcc_db_total_size_in_bytes', {}, time =>
        Math.round(waveAt(size, 0.05, 7200, 0.3, time)),
      );
      build.duration(
        'etcd_disk_wal_fsync_duration_seconds',
        {},
        () => 22,
        0.0035,
      );
    },
    'kube-dns': build => {
      const server = { server: 'dns://:53', zone: '.' };
      for (const [type, rate] of [
        ['A', 40],
        ['AAAA', 38],
        ['SRV', 0.4],
      ] as const) {
        build.counter(
          'coredns_dns_requests_total',
          { ...server, type },
          () => rate,
        );
      }
      for (const [rcode, rate] of [
        ['NOERROR', 52],
        ['NXDOMAIN', 26],
        ['SERVFAIL', 0.02],
      ] as const) {
        build.counter(
          'coredns_dns_responses_total',
          { ...server, rcode },
          () => rate,
        );
      }
      build.duration(
        'coredns_dns_request_duration_seconds',
        server,
        () => 78,
        0.0011,
      );
    },
    istiod: build => buildIstiod(context, build),
  };
}
