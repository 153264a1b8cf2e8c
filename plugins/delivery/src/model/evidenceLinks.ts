import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';

/** Before a canary was started, this long is looked back. */
const FALLBACK = 'now-30m';

/** Where logs and traces of one version of a canary are to be read, since it began. */
export function evidenceLinks(
  canary: Pick<
    CanarySummary,
    'ref' | 'app' | 'stableVersion' | 'canaryVersion' | 'startedAt'
  >,
  side: 'stable' | 'canary',
): { logs: string; traces: string } {
  const [cluster, namespace] = canary.ref.split('/');
  const { app } = canary;
  const version =
    side === 'canary' ? canary.canaryVersion : canary.stableVersion;
  const shared = {
    cluster,
    app,
    ...(version && { version }),
    from: canary.startedAt ?? FALLBACK,
    to: 'now',
  };
  const logs = new URLSearchParams({ ...shared, namespaces: namespace });
  const traces = new URLSearchParams({ ...shared, namespace });
  return { logs: `/logs?${logs}`, traces: `/traces?${traces}` };
}
