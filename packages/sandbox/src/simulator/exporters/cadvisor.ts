import { createRandom } from '../../random';
import type { SeriesWriter } from '../../prometheus/storage';
import { PROXY_CONTAINER } from '../../world/inject';
import { asRecords, asString } from '../read';
import type { LivePod } from '../live/model';
import { behaviourOfTag } from '../flow/server';
import type { Exporter, ExporterContext } from './exporter';
import { Meter, waveAt } from './meter';

const MEBIBYTE = 1024 ** 2;
/** CPU of a proxy per request; Istio's published figure is about half a core per 1000 requests a second. */
const PROXY_CPU_PER_REQUEST = 0.0005;
const IDLE_CPU = 0.004;

interface ContainerMeters {
  cpu: Meter;
  memory: SeriesWriter;
  memoryAt: (milliseconds: number) => number;
  cpuPerRequest: () => number;
}

interface PodMeters {
  containers: ContainerMeters[];
  received: Meter;
  sent: Meter;
}

const metrics = [
  [
    'container_cpu_usage_seconds_total',
    'counter',
    'CPU time consumed by a container, in seconds.',
  ],
  [
    'container_memory_working_set_bytes',
    'gauge',
    'Working set of a container, in bytes.',
  ],
  [
    'container_network_receive_bytes_total',
    'counter',
    'Bytes received by a pod.',
  ],
  ['container_network_transmit_bytes_total', 'counter', 'Bytes sent by a pod.'],
] as const;

/** The kubelet's cAdvisor: what containers use, in proportion to what they answer. */
export function createCadvisor(context: ExporterContext): Exporter {
  const { sink, engine, past, seed, effects } = context;
  for (const [name, type, help] of metrics) sink.declare(name, type, help);
  const pods = new Map<string, { key: string; meters: PodMeters }>();
  let last = past.end;

  const loadPerPod = ({ workload }: LivePod) =>
    engine.node(workload).load / Math.max(workload.readyPods, 1);

  function openPod(pod: LivePod, now: number): PodMeters {
    const created =
      Date.parse(pod.object.metadata.creationTimestamp ?? '') || now;
    const old = created < past.end;
    const since = old ? created : now;
    const load = old ? loadPerPod(pod) : 0;
    const base = {
      job: 'kubelet',
      instance: pod.nodeName ?? '',
      node: pod.nodeName ?? '',
      namespace: pod.namespace,
      pod: pod.name,
    };
    const random = createRandom(seed).fork(`cadvisor/${pod.key}`);
    const meter = (
      name: string,
      labels: Record<string, string>,
      basePerSecond: number,
      perRequest: number,
    ) =>
      new Meter(
        sink,
        past,
        name,
        labels,
        { basePerSecond, trafficPerSecond: load * perRequest, since },
        now,
      );
    const containers = asRecords(pod.object.spec?.containers).map(
      (container): ContainerMeters => {
        const name = asString(container.name) ?? '';
        const isProxy = name === PROXY_CONTAINER;
        const labels = {
          ...base,
          container: name,
          image: asString(container.image) ?? '',
        };
        const behaviour = behaviourOfTag(pod.workload, pod.tag, effects);
        const mean = (isProxy ? 62 : behaviour.memoryMebibytes) * MEBIBYTE;
        const phase = random.next();
        const period = 1800 + 3600 * random.next();
        const memoryAt = (milliseconds: number) =>
          Math.round(waveAt(mean, 0.07, period, phase, milliseconds));
        const cpuPerRequest = () =>
          isProxy
            ? PROXY_CPU_PER_REQUEST
            : engine.node(pod.workload).cpuSecondsPerRequest;
        return {
          cpu: meter(
            'container_cpu_usage_seconds_total',
            labels,
            IDLE_CPU,
            cpuPerRequest(),
          ),
          memory: sink.open(
            'container_memory_working_set_bytes',
            labels,
            milliseconds =>
              milliseconds >= created ? memoryAt(milliseconds) : undefined,
          ),
          memoryAt,
          cpuPerRequest,
        };
      },
    );
    const app = pod.workload.app;
    const network = { ...base, interface: 'eth0' };
    return {
      containers,
      received: meter(
        'container_network_receive_bytes_total',
        network,
        900,
        app?.requestBytes ?? 500,
      ),
      sent: meter(
        'container_network_transmit_bytes_total',
        network,
        700,
        app?.responseBytes ?? 500,
      ),
    };
  }

  function end(meters: PodMeters): void {
    meters.received.end();
    meters.sent.end();
    for (const { cpu, memory } of meters.containers) {
      cpu.end();
      memory.end();
    }
  }

  return {
    *publish(now) {
      const seconds = Math.max(now - last, 0) / 1000;
      last = now;
      const live = engine.cluster.pods.pods;
      for (const [uid, { key, meters }] of pods) {
        if (live.get(key)?.object.metadata.uid !== uid) {
          end(meters);
          pods.delete(uid);
        }
      }
      let done = 0;
      for (const pod of live.values()) {
        if (!pod.nodeName || effects.isUnreachable(pod.nodeName)) continue;
        const uid = pod.object.metadata.uid ?? '';
        const meters = pods.get(uid)?.meters ?? openPod(pod, now);
        pods.set(uid, { key: pod.key, meters });
        const load = pod.ready ? loadPerPod(pod) : 0;
        for (const container of meters.containers) {
          container.cpu.add(
            seconds * (IDLE_CPU + load * container.cpuPerRequest()),
          );
          container.memory.set(container.memoryAt(now));
        }
        const app = pod.workload.app;
        meters.received.add(
          seconds * (900 + load * (app?.requestBytes ?? 500)),
        );
        meters.sent.add(seconds * (700 + load * (app?.responseBytes ?? 500)));
        if (++done % 100 === 0) yield;
      }
    },
  };
}
