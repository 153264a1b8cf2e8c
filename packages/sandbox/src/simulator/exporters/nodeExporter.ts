import { createRandom } from '../../random';
import type { SeriesWriter } from '../../prometheus/storage';
import type { NodeSpec } from '../../world/types';
import type { Exporter, ExporterContext } from './exporter';
import { Meter, waveAt } from './meter';

const GIBIBYTE = 1024 ** 3;
const FILESYSTEM_BYTES = 200 * GIBIBYTE;

/** Shares of a core's time by mode, without traffic and by the day's mean traffic. */
const modes: Record<string, { base: number; traffic: number }> = {
  idle: { base: 0.88, traffic: -0.14 },
  user: { base: 0.06, traffic: 0.1 },
  system: { base: 0.03, traffic: 0.03 },
  iowait: { base: 0.02, traffic: 0.005 },
  softirq: { base: 0.01, traffic: 0.005 },
};

const metrics = [
  ['node_cpu_seconds_total', 'counter', 'Seconds the CPUs spent in each mode.'],
  ['node_memory_MemTotal_bytes', 'gauge', 'Memory of a node.'],
  [
    'node_memory_MemAvailable_bytes',
    'gauge',
    'Memory of a node that is available.',
  ],
  ['node_filesystem_size_bytes', 'gauge', 'Size of a file system.'],
  [
    'node_filesystem_avail_bytes',
    'gauge',
    'Space of a file system available to users.',
  ],
  ['node_filesystem_free_bytes', 'gauge', 'Free space of a file system.'],
  ['node_load1', 'gauge', 'Load average over one minute.'],
  ['node_uname_info', 'gauge', 'System information as uname gives it.'],
  [
    'node_boot_time_seconds',
    'gauge',
    'When the node booted, in seconds since the epoch.',
  ],
] as const;

interface NodeMeters {
  cpu: { meter: Meter; base: number; traffic: number }[];
  gauges: { writer: SeriesWriter; at: (milliseconds: number) => number }[];
}

/** node-exporter on every machine; silent where the machine is unreachable. */
export function createNodeExporter(context: ExporterContext): Exporter {
  const { world, sink, past, seed, effects } = context;
  for (const [name, type, help] of metrics) sink.declare(name, type, help);
  const nodes = new Map<NodeSpec, NodeMeters>();
  let last = past.end;

  function open(node: NodeSpec, now: number): NodeMeters {
    const labels = {
      job: 'node-exporter',
      instance: node.name,
      node: node.name,
    };
    const random = createRandom(seed).fork(`node/${node.name}`);
    const busy = node.role === 'worker' ? 1 : 0.4;
    const since = now - Math.min(node.ageDays, 40) * 86_400_000;
    const cpu = Array.from({ length: node.cpuCores }, (_, core) => {
      const weight = busy * (0.7 + 0.6 * random.next());
      return Object.entries(modes).map(([mode, share]) => ({
        meter: new Meter(
          sink,
          past,
          'node_cpu_seconds_total',
          { ...labels, cpu: String(core), mode },
          {
            basePerSecond: share.base,
            trafficPerSecond: share.traffic * weight,
            since,
          },
          now,
        ),
        base: share.base,
        traffic: share.traffic * weight,
      }));
    }).flat();
    const total = node.memoryGibibytes * GIBIBYTE;
    const available = total * (0.35 + 0.3 * random.next());
    const used = 0.25 + 0.35 * random.next();
    const phase = random.next();
    const gauges: NodeMeters['gauges'] = [];
    const gauge = (
      name: string,
      own: Record<string, string>,
      at: (milliseconds: number) => number,
    ) => {
      gauges.push({
        writer: sink.open(name, { ...labels, ...own }, milliseconds =>
          milliseconds >= since ? at(milliseconds) : undefined,
        ),
        at,
      });
    };
    gauge('node_memory_MemTotal_bytes', {}, () => total);
    gauge('node_memory_MemAvailable_bytes', {}, time =>
      Math.round(waveAt(available, 0.06, 5400, phase, time)),
    );
    const disk = { device: '/dev/vda1', fstype: 'ext4', mountpoint: '/' };
    const free = (time: number) =>
      Math.round(
        FILESYSTEM_BYTES * (1 - waveAt(used, 0.02, 86_400, phase, time)),
      );
    gauge('node_filesystem_size_bytes', disk, () => FILESYSTEM_BYTES);
    gauge('node_filesystem_avail_bytes', disk, free);
    gauge('node_filesystem_free_bytes', disk, free);
    gauge('node_load1', {}, time =>
      waveAt(node.cpuCores * 0.2 * busy, 0.5, 900, phase, time),
    );
    gauge(
      'node_uname_info',
      {
        nodename: node.name,
        sysname: 'Linux',
        machine: 'x86_64',
        release: '6.1.0-28-amd64',
      },
      () => 1,
    );
    gauge('node_boot_time_seconds', {}, () => Math.floor(since / 1000));
    return { cpu, gauges };
  }

  return {
    *publish(now) {
      const from = last;
      const seconds = Math.max(now - from, 0) / 1000;
      last = now;
      const traffic =
        past.shape.integral(now) -
        past.shape.integral(from) +
        effects.extraTraffic * seconds;
      for (const node of world.nodes) {
        let meters = nodes.get(node);
        if (effects.isUnreachable(node.name)) {
          meters?.cpu.forEach(({ meter }) => meter.end());
          meters?.gauges.forEach(({ writer }) => writer.end());
          nodes.delete(node);
          continue;
        }
        if (!meters) nodes.set(node, (meters = open(node, now)));
        for (const { meter, base, traffic: share } of meters.cpu) {
          // A core cannot be less than idle.
          meter.add(Math.max(seconds * base + traffic * share, 0));
        }
        for (const { writer, at } of meters.gauges) writer.set(at(now));
        yield;
      }
    },
  };
}
