import type { SeriesWriter } from '../../prometheus/storage';
import type { Exporter, ExporterContext } from './exporter';

/** Prometheus' own `up`: one series per job and machine, or per job alone where series are not kept by pod. */
export function createScrapeTargets({
  world,
  sink,
  effects,
}: ExporterContext): Exporter {
  sink.declare('up', 'gauge', 'Whether the last scrape of a target worked.');
  const targets = [
    ...['node-exporter', 'kubelet', 'ztunnel'].flatMap(job =>
      world.nodes.map(node => ({ job, instance: node.name, node: node.name })),
    ),
    ...world.nodes
      .filter(node => node.role === 'control-plane')
      .flatMap(node =>
        ['apiserver', 'etcd'].map(job => ({
          job,
          instance: node.name,
          node: node.name,
        })),
      ),
    ...['kube-state-metrics', 'istiod', 'coredns', 'envoy-stats'].map(job => ({
      job,
      instance: job,
      node: '',
    })),
  ];
  const writers: { writer: SeriesWriter; node: string }[] = targets.map(
    ({ job, instance, node }) => ({
      writer: sink.open('up', { job, instance }, () => 1),
      node,
    }),
  );
  return {
    *publish() {
      for (const { writer, node } of writers) {
        writer.set(effects.isUnreachable(node) ? 0 : 1);
      }
      yield;
    },
  };
}
