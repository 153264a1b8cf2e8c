import { z } from 'zod';

const entrySchema = z.object({
  proxy: z.string(),
  proxy_type: z.string().optional(),
  istio_version: z.string().optional(),
  cluster_sent: z.string().optional(),
  cluster_acked: z.string().optional(),
  listener_sent: z.string().optional(),
  listener_acked: z.string().optional(),
  route_sent: z.string().optional(),
  route_acked: z.string().optional(),
  endpoint_sent: z.string().optional(),
  endpoint_acked: z.string().optional(),
  extensionconfig_sent: z.string().optional(),
  extensionconfig_acked: z.string().optional(),
});

/** What istiod pushes, by the names of the discovery services. @public */
export const XDS_KINDS = {
  cluster: 'CDS',
  listener: 'LDS',
  route: 'RDS',
  endpoint: 'EDS',
  extensionconfig: 'ECDS',
} as const;

/** One proxy that a control plane is connected to. @public */
export type ProxyStatus = {
  namespace: string;
  pod: string;
  /** `sidecar`, `gateway`, `waypoint`, `ztunnel`; absent where istiod does not say. */
  type?: string;
  version?: string;
  /** Kinds of which something was sent that is not acknowledged; none mean that it is in step. */
  behind: string[];
};

/**
 * Reads what istiod answers at `/debug/syncz`: for every proxy the nonces of
 * what was sent and what was acknowledged. A kind of which nothing was sent
 * is in step; one of which something was sent must be acknowledged with the
 * same nonce.
 *
 * @returns undefined for anything but such an answer
 * @public
 */
export function readProxyStatuses(answer: unknown): ProxyStatus[] | undefined {
  const parsed = z.array(entrySchema).safeParse(answer);
  if (!parsed.success) {
    return undefined;
  }
  return parsed.data.map(entry => {
    // `pod.namespace`; names of pods may have dots, those of namespaces not.
    const dot = entry.proxy.lastIndexOf('.');
    const behind = (
      Object.keys(XDS_KINDS) as (keyof typeof XDS_KINDS)[]
    ).filter(kind => {
      const sent = entry[`${kind}_sent`];
      return Boolean(sent) && sent !== entry[`${kind}_acked`];
    });
    return {
      namespace: dot < 0 ? '' : entry.proxy.slice(dot + 1),
      pod: dot < 0 ? entry.proxy : entry.proxy.slice(0, dot),
      type: entry.proxy_type,
      version: entry.istio_version,
      behind: behind.map(kind => XDS_KINDS[kind]),
    };
  });
}
