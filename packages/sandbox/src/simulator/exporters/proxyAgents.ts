import type { SeriesWriter } from '../../prometheus/storage';
import type { ConnectedProxy } from '../controlPlane/proxies';
import type { Exporter, ExporterContext } from './exporter';

/** Larger worlds go without: these are series per pod. */
const MOST_APPS = 100;

const CERTIFICATE_SECONDS = 86_400;
/** Agents renew a certificate when half of its life is over. */
const RENEWAL_SECONDS = CERTIFICATE_SECONDS / 2;

/** Seconds until the certificate of a proxy started at an instant expires. */
export function certificateSecondsLeft(
  startedMilliseconds: number,
  nowMilliseconds: number,
): number {
  const age = Math.max(nowMilliseconds - startedMilliseconds, 0) / 1000;
  return Math.round(CERTIFICATE_SECONDS - (age % RENEWAL_SECONDS));
}

interface Agent {
  started: number;
  certificate: SeriesWriter;
  build: SeriesWriter;
}

/** What the agent beside every Envoy tells of itself: its certificate and its release. */
export function createProxyAgents(context: ExporterContext): Exporter {
  const { sink, proxies, world, past, effects } = context;
  if (world.apps.length > MOST_APPS) return { *publish() {} };
  sink.declare(
    'istio_agent_cert_expiry_seconds',
    'gauge',
    'Seconds until the certificate of the proxy expires.',
  );
  const agents = new Map<string, Agent>();

  function open({ pod, version }: ConnectedProxy, now: number): Agent {
    const started =
      Date.parse(pod.object.metadata.creationTimestamp ?? '') || now;
    const base = {
      job: 'envoy-stats',
      namespace: pod.namespace,
      app: pod.workload.appName,
      pod: pod.name,
    };
    const since = (value: (time: number) => number) => (time: number) =>
      started < past.end && time >= started ? value(time) : undefined;
    return {
      started,
      certificate: sink.open(
        'istio_agent_cert_expiry_seconds',
        { ...base, resource_name: 'default' },
        since(time => certificateSecondsLeft(started, time)),
      ),
      build: sink.open(
        'istio_build',
        { ...base, component: 'proxy', tag: version },
        since(() => 1),
      ),
    };
  }

  return {
    *publish(now) {
      const seen = new Set<string>();
      for (const proxy of proxies.all) {
        const { pod, type } = proxy;
        if (type === 'ztunnel' || effects.isUnreachable(pod.nodeName)) continue;
        seen.add(pod.key);
        let agent = agents.get(pod.key);
        if (!agent) agents.set(pod.key, (agent = open(proxy, now)));
        agent.certificate.set(certificateSecondsLeft(agent.started, now));
        agent.build.set(1);
      }
      for (const [key, agent] of agents) {
        if (seen.has(key)) continue;
        agent.certificate.end();
        agent.build.end();
        agents.delete(key);
      }
      yield;
    },
  };
}
