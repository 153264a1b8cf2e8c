import {
  worstHealth,
  type Health,
} from '@orrery/backstage-plugin-orrery-common';
import type { VectorSample } from '../graph';
import type { ControlPlaneQueryName } from './queries';
import type { ControlPlane } from './schema';
import type { ProxyStatus } from './syncz';

/** One pod of istiod. @public */
export type IstiodPod = {
  revision: string;
  version?: string;
  isReady: boolean;
  /** What it answered about its proxies; absent when it could not be asked. */
  proxies?: readonly ProxyStatus[];
};

/** @public */
export type ControlPlaneInput = {
  cluster: string;
  /** Absent when pods could not be listed. */
  pods?: readonly IstiodPod[];
  /** Namespaces by the revision that their labels name, as far as they are seen. */
  namespaces: ReadonlyMap<string, readonly string[]>;
  answers: Partial<Record<ControlPlaneQueryName, readonly VectorSample[]>>;
  /** Milliseconds since the Unix epoch. */
  nowMilliseconds: number;
  seesNamespace: (namespace: string) => boolean;
};

const MOST_BEHIND = 500;
const SECONDS_PER_DAY = 86_400;
/** Istio rotates its own certificates long before; a plugged-in root is renewed by people. */
export const CERTIFICATE_SOON_DAYS = 30;

function single(samples: readonly VectorSample[] | undefined) {
  const value = samples?.[0]?.value;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function instantOf(seconds: number | undefined): string | undefined {
  return seconds === undefined || seconds <= 0
    ? undefined
    : new Date(seconds * 1000).toISOString();
}

function revisionsOf(input: ControlPlaneInput): ControlPlane['revisions'] {
  const byName = new Map<string, IstiodPod[]>();
  for (const pod of input.pods ?? []) {
    byName.set(pod.revision, [...(byName.get(pod.revision) ?? []), pod]);
  }
  for (const revision of input.namespaces.keys()) {
    // Nothing by this name runs: a tag of another revision, or a mistake.
    if (input.pods && !byName.has(revision)) {
      byName.set(revision, []);
    }
  }
  return [...byName]
    .map(([revision, pods]) => {
      const known = pods.flatMap(({ proxies }) => (proxies ? [proxies] : []));
      const proxies = known.flat();
      return {
        revision,
        versions: [
          ...new Set(pods.flatMap(({ version }) => version ?? [])),
        ].sort(),
        pods: {
          total: pods.length,
          ready: pods.filter(({ isReady }) => isReady).length,
        },
        namespaces: [...(input.namespaces.get(revision) ?? [])].sort(),
        ...(known.length > 0 && {
          proxies: {
            connected: proxies.length,
            synced: proxies.filter(({ behind }) => behind.length === 0).length,
          },
        }),
      };
    })
    .sort((left, right) => (left.revision < right.revision ? -1 : 1));
}

function judge(
  plane: Omit<ControlPlane, 'health'>,
  input: ControlPlaneInput,
): Health {
  if (!input.pods) {
    return { state: 'unknown', reasons: ['Pods could not be listed'] };
  }
  if (input.pods.length === 0) {
    return {
      state: 'unknown',
      reasons: ['No istiod was found in this cluster'],
    };
  }
  const findings: Health[] = [{ state: 'healthy', reasons: [] }];
  for (const { revision, pods, proxies } of plane.revisions) {
    if (pods.total > 0 && pods.ready === 0) {
      findings.push({
        state: 'failing',
        reasons: [`No pod of revision ${revision} is ready`],
      });
    } else if (pods.ready < pods.total) {
      findings.push({
        state: 'degraded',
        reasons: [
          `${pods.ready} of ${pods.total} pods of revision ${revision} are ready`,
        ],
      });
    }
    if (proxies && proxies.synced < proxies.connected) {
      findings.push({
        state: 'degraded',
        reasons: [
          `${proxies.connected - proxies.synced} of ${
            proxies.connected
          } proxies of revision ${revision} are behind`,
        ],
      });
    }
  }
  if (plane.rejects && plane.rejects.length > 0) {
    findings.push({
      state: 'degraded',
      reasons: [
        `Proxies reject what is pushed (${plane.rejects
          .map(({ kind }) => kind)
          .join(', ')})`,
      ],
    });
  }
  findings.push(...judgeCertificates(plane, input.nowMilliseconds));
  return worstHealth(findings);
}

function judgeCertificates(
  { certificates }: Omit<ControlPlane, 'health'>,
  now: number,
): Health[] {
  return (
    [
      ['root certificate', certificates.rootExpires],
      ['intermediate certificate', certificates.chainExpires],
    ] as const
  ).flatMap(([what, expires]): Health[] => {
    if (expires === undefined) {
      return [];
    }
    const days = (Date.parse(expires) - now) / 1000 / SECONDS_PER_DAY;
    if (days <= 0) {
      return [{ state: 'failing', reasons: [`The ${what} has expired`] }];
    }
    return days < CERTIFICATE_SOON_DAYS
      ? [
          {
            state: 'degraded',
            reasons: [`The ${what} expires in ${Math.floor(days)} days`],
          },
        ]
      : [];
  });
}

/**
 * The state of a control plane from its pods, what they know of their
 * proxies, and what Prometheus scraped from them.
 *
 * @public
 */
export function buildControlPlane(input: ControlPlaneInput): ControlPlane {
  const { answers, cluster, pods = [] } = input;
  const behind = pods
    .flatMap(({ revision, proxies = [] }) =>
      proxies
        .filter(
          proxy =>
            proxy.behind.length > 0 && input.seesNamespace(proxy.namespace),
        )
        .map(({ namespace, pod, version, behind: kinds }) => ({
          namespace,
          pod,
          version,
          revision,
          kinds,
        })),
    )
    .sort((left, right) =>
      `${left.namespace}/${left.pod}` < `${right.namespace}/${right.pod}`
        ? -1
        : 1,
    )
    .slice(0, MOST_BEHIND);
  const plane: Omit<ControlPlane, 'health'> = {
    cluster,
    revisions: revisionsOf(input),
    proxyVersions: (answers.proxies ?? [])
      .filter(({ value }) => value > 0)
      .map(({ metric, value }) => ({
        version: metric.version ?? 'unknown',
        proxies: value,
      }))
      .sort((left, right) => right.proxies - left.proxies),
    behind,
    rejects: answers.rejects?.map(({ metric, value }) => ({
      kind: (metric.type ?? 'unknown').toLocaleUpperCase('en-US'),
      perSecond: value,
    })),
    invalid: answers.invalid?.map(({ metric, value }) => ({
      resource: metric.resource ?? 'unknown',
      reason: metric.reason ?? 'unknown',
      perSecond: value,
    })),
    errorsPerSecond: single(answers.errors),
    pushesPerSecond: single(answers.pushes),
    convergenceP99Seconds: single(answers.convergence),
    certificates: {
      rootExpires: instantOf(single(answers.rootExpiry)),
      chainExpires: instantOf(single(answers.chainExpiry)),
      soonestProxySeconds: single(answers.proxyExpiry),
    },
  };
  return { ...plane, health: judge(plane, input) };
}
