import { ManualClock } from './clock';
import { SourceHistory } from './gitlab';
import { createPlatforms } from './platform';
import { instantValues } from './prometheus/instant-values';
import { ImageStore } from './registry';

const SERVICE = 'shiny';
const HOST = 'shiny.wealth.kepler.example';
const IMAGE = 'registry.kepler.example/wealth/shiny';
const LABELS = { app: SERVICE, version: 'v1' };

const deployment = (tag: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: SERVICE, namespace: 'wealth', labels: LABELS },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: SERVICE } },
    template: {
      metadata: { labels: LABELS },
      spec: {
        containers: [
          {
            name: SERVICE,
            image: `${IMAGE}:${tag}`,
            ports: [{ containerPort: 8080 }],
          },
        ],
      },
    },
  },
});

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: SERVICE, namespace: 'wealth', labels: { app: SERVICE } },
  spec: {
    selector: { app: SERVICE },
    ports: [{ name: 'http', port: 8080, targetPort: 8080 }],
  },
};

const virtualService = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: SERVICE, namespace: 'wealth' },
  spec: {
    hosts: [HOST],
    gateways: ['istio-system/kepler'],
    http: [
      { route: [{ destination: { host: SERVICE, port: { number: 8080 } } }] },
    ],
  },
};

/** The default world on a hand-driven clock, with a registry that kubelets ask. */
async function start() {
  const clock = new ManualClock(Date.parse('2026-11-26T09:00:00Z'));
  const later: { images?: ImageStore } = {};
  const [platform] = createPlatforms(
    { seed: 1, speed: 1 },
    image => later.images?.canPull(image),
    clock,
  );
  const { world, kubernetes, prometheus, simulator } = platform;
  const source = new SourceHistory(world, 1);
  const images = new ImageStore({ world, seed: 1, source, clock });
  later.images = images;

  async function run(seconds: number): Promise<void> {
    for (let second = 1; second <= seconds; second++) {
      clock.advance(1000);
      kubernetes.controllers.tick();
      await simulator.tick();
      if (second % 5 === 0) {
        await simulator.publish();
        prometheus.sink.scrape(clock.now());
      }
    }
  }

  const value = async (query: string) =>
    (await instantValues(prometheus.engine, query, clock.now())).values[0] ?? 0;

  const pods = () =>
    kubernetes.store
      .list('pods', 'wealth')
      .filter(({ metadata }) => metadata.labels?.app === SERVICE);

  const push = (tag: string) =>
    images.build({
      repository: `wealth/${SERVICE}`,
      tag,
      revision: '0'.repeat(40),
      source: 'http://localhost',
      layer: tag,
    });

  return { ...platform, images, run, value, pods, push };
}

const requests = (labels: string) =>
  `sum(rate(istio_requests_total{reporter="source",source_workload="istio-ingressgateway",destination_service_name="${SERVICE}"${labels}}[30s]))`;

describe('a new service', () => {
  it('waits for its image, comes alive, has visitors, and shows in metrics, traces and logs', async () => {
    const { kubernetes, simulator, run, value, pods, push } = await start();
    const { store } = kubernetes;
    store.put('deployments.apps', deployment('1.0.0'));
    store.put('services', service);
    store.put('virtualservices.networking.istio.io', virtualService);
    await run(20);
    expect(pods()).toHaveLength(2);
    expect(JSON.stringify(pods()[0].status)).toMatch(
      /ImagePullBackOff|ErrImagePull/,
    );
    // Nobody hears of what has never answered.
    expect(await value(requests(''))).toBe(0);

    push('1.0.0');
    await run(50);
    const isReady = pods().every(({ status }) =>
      JSON.stringify(status).includes('"type":"Ready","status":"True"'),
    );
    expect([isReady, JSON.stringify(pods()[0].spec)]).toEqual([
      true,
      expect.stringContaining('istio-proxy'),
    ]);
    const rate = await value(requests(''));
    expect(rate).toBeGreaterThan(0.5);
    expect(rate).toBeLessThan(15);
    expect(await value(requests(',response_code=~"5.."'))).toBe(0);

    const traces = [...simulator.book.between(0, Number.MAX_SAFE_INTEGER)];
    const told = traces.filter(trace =>
      JSON.stringify(trace, (key, inner) =>
        ['object', 'pods', 'workload'].includes(key) ? undefined : inner,
      ).includes(HOST),
    );
    expect(told.length).toBeGreaterThan(5);
    const lines = simulator.logs.read(pods()[0], SERVICE, { tailLines: 50 });
    expect(lines.length).toBeGreaterThan(0);

    push('1.0.1-broken');
    store.put('deployments.apps', {
      ...store.get('deployments.apps', 'wealth', SERVICE),
      ...deployment('1.0.1-broken'),
    });
    await run(65);
    const share =
      (await value(requests(',response_code=~"5.."'))) /
      (await value(requests('')));
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.5);

    store.delete('virtualservices.networking.istio.io', 'wealth', SERVICE);
    await run(40);
    expect(await value(requests(''))).toBe(0);
    simulator.close();
  }, 180_000);
});
