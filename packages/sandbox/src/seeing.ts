import { createElasticsearch, LogArchive } from './elasticsearch';
import type { Facade } from './facade';
import { createGrafana } from './grafana';
import { createInflux } from './influxdb';
import type { Platform } from './platform';
import { createZipkin } from './zipkin';

/** A node's clock that is behind, in milliseconds. */
const BEHIND = -400;

/** Where a cluster's logs, traces and dashboards are seen. */
export function seeing(platform: Platform, seed: number): Facade[] {
  const { world, clock, effects, prometheus, simulator } = platform;
  const workers = world.nodes.filter(({ role }) => role === 'worker');
  const wrong = workers[seed % Math.max(workers.length, 1)];
  const archive = new LogArchive({
    cluster: simulator.engine.cluster,
    book: simulator.book,
    clock,
    seed,
    ...(wrong ? { skew: { node: wrong.name, milliseconds: BEHIND } } : {}),
  });
  return [
    createElasticsearch({
      archive,
      clock,
      effects,
      clusterName: `${world.cluster}-logs`,
    }),
    createZipkin({
      book: simulator.book,
      cluster: simulator.engine.cluster,
      clusterName: world.cluster,
      clock,
    }),
    createGrafana({
      world,
      prometheus,
      clock,
      scrapeMs: platform.scrapeIntervalMilliseconds,
      prefix: platform.prefix,
    }),
    createInflux({
      prometheus,
      past: simulator.past,
      cluster: simulator.engine.cluster,
      world,
      clock,
    }),
  ];
}
