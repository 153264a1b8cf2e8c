import { DEFAULT_REVISION, ISTIO_REVISIONS } from '../../world/names';
import type { Build } from './controlPlaneMetrics';
import type { ExporterContext } from './exporter';

const DAY_SECONDS = 86_400;

/** Name, type and help of what istiod counts and measures. */
export const istiodDeclarations = [
  ['pilot_xds', 'gauge', 'Proxies connected to this istiod.'],
  ['pilot_xds_pushes', 'counter', 'Pushes by type.'],
  ['pilot_total_xds_rejects', 'counter', 'Configuration that proxies refused.'],
  ['pilot_xds_cds_reject', 'gauge', 'Clusters that proxies refuse.'],
  ['pilot_xds_eds_reject', 'gauge', 'Endpoints that proxies refuse.'],
  ['pilot_xds_lds_reject', 'gauge', 'Listeners that proxies refuse.'],
  ['pilot_xds_rds_reject', 'gauge', 'Routes that proxies refuse.'],
  ['pilot_total_xds_internal_errors', 'counter', 'Internal errors of pushes.'],
  ['pilot_k8s_cfg_events', 'counter', 'Changes of configuration seen.'],
  ['pilot_services', 'gauge', 'Services known to istiod.'],
  ['pilot_virt_services', 'gauge', 'VirtualServices known to istiod.'],
  [
    'pilot_conflict_inbound_listener',
    'gauge',
    'Conflicting inbound listeners.',
  ],
  ['pilot_info', 'gauge', 'Version of istiod.'],
  ['galley_validation_passed', 'counter', 'Objects that validation let pass.'],
  ['galley_validation_failed', 'counter', 'Objects that validation refused.'],
  [
    'citadel_server_root_cert_expiry_timestamp',
    'gauge',
    'When the root certificate expires, in seconds since the epoch.',
  ],
  [
    'citadel_server_cert_chain_expiry_timestamp',
    'gauge',
    'When the certificate chain expires, in seconds since the epoch.',
  ],
  ['istio_build', 'gauge', 'Build of an Istio component.'],
] as const;

/** Changes per second of objects that every mesh sees in its daily work. */
const configEvents: readonly [type: string, event: string, rate: number][] = [
  ['VirtualService', 'update', 0.004],
  ['DestinationRule', 'update', 0.0015],
  ['ServiceEntry', 'add', 0.0002],
];

/** What one istiod exposes. */
export function buildIstiod(
  { store, effects, past, proxies }: ExporterContext,
  build: Build,
): void {
  const { pod } = build;
  const revision = pod.labels['istio.io/rev'] ?? DEFAULT_REVISION;
  const tag = ISTIO_REVISIONS[revision] ?? 'unknown';
  const connected = (version: string) =>
    proxies.of(pod).filter(proxy => proxy.version === version).length;
  const refusing = () =>
    effects.xdsRejectsPerSecond > 0
      ? proxies.of(pod).filter(({ type }) => type === 'sidecar').length
      : 0;
  /** This istiod's part of what all proxies together do. */
  const part = () => proxies.of(pod).length / Math.max(proxies.all.length, 1);
  const countOf = (resource: string) => store.list(resource).length;
  const versions = new Set([
    tag,
    ...proxies.of(pod).map(({ version }) => version),
  ]);
  for (const version of versions) {
    build.gauge('pilot_xds', { version }, () => connected(version));
  }
  for (const type of ['cds', 'eds', 'lds', 'rds']) {
    build.counter(
      'pilot_xds_pushes',
      { type },
      () => proxies.of(pod).length * (type === 'eds' ? 0.02 : 0.004),
    );
    build.gauge(`pilot_xds_${type}_reject`, { err: 'Internal' }, () =>
      type === 'lds' ? refusing() : 0,
    );
  }
  build.counter(
    'pilot_total_xds_rejects',
    { type: 'lds' },
    () => effects.xdsRejectsPerSecond * part(),
  );
  build.counter('pilot_total_xds_internal_errors', {}, () => 0);
  for (const [type, event, rate] of configEvents) {
    build.counter('pilot_k8s_cfg_events', { type, event }, () => rate);
  }
  build.gauge('pilot_services', {}, () => countOf('services'));
  build.gauge('pilot_virt_services', {}, () =>
    countOf('virtualservices.networking.istio.io'),
  );
  build.gauge('pilot_conflict_inbound_listener', {}, () => 0);
  build.duration('pilot_proxy_convergence_time', {}, () => 0.3, 0.08);
  const validated = {
    group: 'networking.istio.io',
    version: 'v1',
    resource: 'virtualservices',
  };
  build.counter('galley_validation_passed', validated, () => 0.004);
  build.counter(
    'galley_validation_failed',
    { ...validated, reason: 'invalid_resource' },
    () => 0,
  );
  const expiry = (days: number) => () =>
    Math.floor(past.end / 1000) + days * DAY_SECONDS;
  build.gauge('citadel_server_root_cert_expiry_timestamp', {}, expiry(3200));
  build.gauge('citadel_server_cert_chain_expiry_timestamp', {}, expiry(3200));
  build.gauge('pilot_info', { version: tag }, () => 1);
  build.gauge('istio_build', { component: 'pilot', tag }, () => 1);
}
