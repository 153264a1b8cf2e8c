import { createHash } from 'node:crypto';
import type { PodHttp } from '../../kubernetes/pod-http';
import type { World } from '../../world/types';
import type { Effects } from '../flow/effects';
import type { LiveCluster } from '../live/cluster';
import type { ConnectedProxies, ConnectedProxy } from './proxies';

const MONITORING_PORT = 15014;

/** Kinds of configuration that Envoys subscribe to, as `/debug/syncz` names them. */
const KINDS = ['cluster', 'listener', 'route', 'endpoint'] as const;

/** The nonce of a push: equal for equal pushes, different for all others. */
function nonceOf(...parts: (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(
    12,
    16,
  )}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/**
 * What istiod knows of one proxy's state, in the shape of Istio's
 * `/debug/syncz`: for each kind the nonce last sent and the one last
 * acknowledged. ztunnel subscribes to none of Envoy's kinds.
 */
function syncStatus(
  { pod, type, version }: ConnectedProxy,
  clusterId: string,
  revision: number,
  effects: Effects,
): Record<string, string> {
  const status: Record<string, string> = {
    cluster_id: clusterId,
    proxy: `${pod.name}.${pod.namespace}`,
    proxy_type: type,
    istio_version: version,
  };
  if (type === 'ztunnel') return status;
  // Bad configuration for listeners is refused by whom it is meant for.
  const refuses = effects.xdsRejectsPerSecond > 0 && type === 'sidecar';
  for (const kind of KINDS) {
    const sent = nonceOf(pod.key, kind, revision);
    const isBehind =
      effects.isDeaf(pod.key) || (refuses && kind === 'listener');
    status[`${kind}_sent`] = sent;
    status[`${kind}_acked`] = isBehind
      ? nonceOf(pod.key, kind, 'before', revision)
      : sent;
  }
  return status;
}

/** istiod's HTTP interface on its monitoring port, as far as `pods/proxy` is asked for it. */
export function createDebugInterface(
  cluster: LiveCluster,
  proxies: ConnectedProxies,
  effects: Effects,
  world: World,
): PodHttp {
  return ({ pod, port, method, path }) => {
    const { namespace = 'default', name } = pod.metadata;
    const live = cluster.pod(namespace, name);
    if (!live?.ready || live.labels.app !== 'istiod') return undefined;
    if (port !== MONITORING_PORT || effects.isUnreachable(live.nodeName)) {
      return undefined;
    }
    const text = (code: number, body: string) => ({
      code,
      contentType: 'text/plain; charset=utf-8',
      body,
    });
    if (method !== 'GET' && method !== 'HEAD') {
      return text(405, 'Method Not Allowed\n');
    }
    if (path !== '/debug/syncz') return text(404, '404 page not found\n');
    const states = proxies
      .of(live)
      .map(proxy =>
        syncStatus(proxy, world.cluster, cluster.config.revision, effects),
      );
    return {
      code: 200,
      contentType: 'application/json',
      body: JSON.stringify(states),
    };
  };
}
