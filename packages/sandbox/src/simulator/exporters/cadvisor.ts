import type { SeriesWriter } from '../../prometheus/storage';
import type { LivePod } from '../live/model';
import type { Exporter, ExporterContext } from './exporter';
import { Meter } from './meter';
import { IDLE_CORES } from './usage';

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

/** Bytes per second of probes and telemetry. */
const QUIET_BYTES = { received: 900, sent: 700 };

interface PodMeters {
  key: string;
  containers: { name: string; cpu: Meter; memory: SeriesWriter }[];
  received: Meter;
  sent: Meter;
}

/** The kubelet's cAdvisor: what containers use. */
export function createCadvisor(context: ExporterContext): Exporter {
  const { sink, engine, past, usage, effects } = context;
  for (const [name, type, help] of metrics) sink.declare(name, type, help);
  const pods = new Map<string, PodMeters>();
  let last = past.end;

  function open(pod: LivePod, now: number): PodMeters {
    const created =
      Date.parse(pod.object.metadata.creationTimestamp ?? '') || now;
    const old = created < past.end;
    const since = old ? created : now;
    // Without a past there is no mean of the day to speak of.
    const requests = old ? usage.requestsPerSecond(pod) : 0;
    const base = {
      job: 'kubelet',
      instance: pod.nodeName ?? '',
      node: pod.nodeName ?? '',
      namespace: pod.namespace,
      pod: pod.name,
    };
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
        { basePerSecond, trafficPerSecond: requests * perRequest, since },
        now,
      );
    const { app } = pod.workload;
    const network = { ...base, interface: 'eth0' };
    return {
      key: pod.key,
      containers: usage.containers(pod).map(({ name, image }) => {
        const labels = { ...base, container: name, image };
        return {
          name,
          cpu: meter(
            'container_cpu_usage_seconds_total',
            labels,
            IDLE_CORES,
            usage.cpuSecondsPerRequest(pod, name),
          ),
          memory: sink.open(
            'container_memory_working_set_bytes',
            labels,
            milliseconds =>
              milliseconds >= created
                ? usage.memoryBytes(pod, name, milliseconds)
                : undefined,
          ),
        };
      }),
      received: meter(
        'container_network_receive_bytes_total',
        network,
        QUIET_BYTES.received,
        app?.requestBytes ?? 0,
      ),
      sent: meter(
        'container_network_transmit_bytes_total',
        network,
        QUIET_BYTES.sent,
        app?.responseBytes ?? 0,
      ),
    };
  }

  function end(uid: string, meters: PodMeters): void {
    meters.received.end();
    meters.sent.end();
    for (const { cpu, memory } of meters.containers) {
      cpu.end();
      memory.end();
    }
    usage.forget(meters.key);
    pods.delete(uid);
  }

  return {
    *publish(now) {
      const seconds = Math.max(now - last, 0) / 1000;
      last = now;
      const live = engine.cluster.pods.pods;
      for (const [uid, meters] of pods) {
        const pod = live.get(meters.key);
        const reachable = pod && !effects.isUnreachable(pod.nodeName);
        if (!reachable || pod.object.metadata.uid !== uid) end(uid, meters);
      }
      let done = 0;
      for (const pod of live.values()) {
        if (!pod.nodeName || effects.isUnreachable(pod.nodeName)) continue;
        const uid = pod.object.metadata.uid ?? '';
        const meters = pods.get(uid) ?? open(pod, now);
        pods.set(uid, meters);
        const requests = usage.requestsPerSecond(pod);
        for (const { name, cpu, memory } of meters.containers) {
          cpu.add(seconds * usage.cores(pod, name));
          memory.set(usage.memoryBytes(pod, name, now));
        }
        const { app } = pod.workload;
        meters.received.add(
          seconds *
            (QUIET_BYTES.received + requests * (app?.requestBytes ?? 0)),
        );
        meters.sent.add(
          seconds * (QUIET_BYTES.sent + requests * (app?.responseBytes ?? 0)),
        );
        if (++done % 40 === 0) yield;
      }
    },
  };
}
