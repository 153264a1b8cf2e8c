import {
  canaryStartsSchema,
  type CanaryStart,
} from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import request from 'supertest';
import {
  HTTP_ROUTE,
  PlanWorld,
  type Routing,
} from '../__testUtils__/planWorld';
import { startDelivery } from '../__testUtils__/startDelivery';

jest.setTimeout(60_000);

const QUOTE = 'kepler/wealth/Deployment/quote';

function deployment(
  name: string,
  labels: Record<string, string>,
): KubernetesObject {
  return {
    metadata: { name, namespace: 'wealth' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', image: 'registry/app:1' }] },
      },
    },
  };
}

describe('whether a canary could be started', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;

  afterEach(() => delivery.stop());

  async function start(
    routing: Routing = 'nothing',
    options: Parameters<typeof startDelivery>[0] = {},
  ) {
    delivery = await startDelivery(options);
    return new PlanWorld(routing, delivery.cluster).cluster;
  }

  const ask = (workloads: string) =>
    request(delivery.server)
      .get('/api/delivery/canary-starts')
      .query({ workloads });

  async function startOf(workload = QUOTE): Promise<CanaryStart> {
    const { body } = await ask(workload);
    return canaryStartsSchema.parse(body).items[0];
  }

  it('says by what the requests would be shared out', async () => {
    await start('httpRoute');
    await expect(startOf()).resolves.toEqual({
      workload: QUOTE,
      state: 'possible',
      routing: {
        kind: 'HTTPRoute',
        service: 'quote',
        httpRoute: { name: 'quotes' },
        services: { stable: 'quote-stable', canary: 'quote-canary' },
      },
    });
  });

  it('says what a plan would make where nothing routes yet', async () => {
    await start();
    await expect(startOf()).resolves.toMatchObject({
      routing: {
        kind: 'VirtualService',
        virtualService: { name: 'quote', isMade: true },
        destinationRule: { name: 'quote', isMade: true },
      },
    });
  });

  it.each<[string, (cluster: PlanWorld['cluster']) => void, RegExp]>([
    [
      'pods without the label `version`',
      cluster =>
        cluster.put(
          RESOURCE_TYPES.deployments,
          deployment('quote', { app: 'quote' }),
        ),
      /^a Deployment whose pods carry the label `version`/,
    ],
    [
      'a Service with another Deployment behind it, whatever its app is called',
      cluster =>
        cluster.put(
          RESOURCE_TYPES.deployments,
          deployment('quick', {
            app: 'quote',
            'service.istio.io/canonical-name': 'quick',
          }),
        ),
      /^a Service with one Deployment behind it; quote has quick besides/,
    ],
    [
      'no Service',
      cluster =>
        cluster.remove(RESOURCE_TYPES.services, {
          namespace: 'wealth',
          name: 'quote',
        }),
      /^a Service in wealth that selects the pods of quote/,
    ],
    [
      'two objects that route',
      cluster =>
        cluster.put(RESOURCE_TYPES.httpRoutes, {
          ...HTTP_ROUTE,
          metadata: { name: 'again', namespace: 'wealth' },
        }),
      /HTTPRoute quotes and HTTPRoute again both do/,
    ],
    [
      'no such Deployment',
      cluster =>
        cluster.remove(RESOURCE_TYPES.deployments, {
          namespace: 'wealth',
          name: 'quote',
        }),
      /^a Deployment that is there/,
    ],
  ])('refuses %s', async (_, change, expected) => {
    change(await start('httpRoute'));
    await expect(startOf()).resolves.toEqual({
      workload: QUOTE,
      state: 'refused',
      reason: expect.stringMatching(expected),
    });
  });

  it('does not refuse for the tag that a Service waits for', async () => {
    const cluster = await start('httpRoute');
    cluster.put(RESOURCE_TYPES.services, {
      metadata: { name: 'quote-canary', namespace: 'wealth' },
      spec: { selector: { app: 'quote', version: '7' }, ports: [{ port: 80 }] },
    });
    await expect(startOf()).resolves.toMatchObject({ state: 'possible' });
  });

  it('says that it is not known where the cluster does not answer', async () => {
    const cluster = await start();
    cluster.beforeRequest = () => {
      throw new Error('nobody answers');
    };
    await expect(startOf()).resolves.toEqual({
      workload: QUOTE,
      state: 'unknown',
      reason: 'nobody answers',
    });
  });

  it('refuses questions about what is no Deployment', async () => {
    await start();
    const { status, body } = await ask('kepler/wealth/Rollout/quote');
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringMatching(/^workloads: expected a ref of a Deployment/),
    ]);
    expect((await ask('')).status).toBe(400);
  });

  it('tells nothing to those who may not see it', async () => {
    await start('nothing', { denied: true });
    expect((await ask(QUOTE)).status).toBe(403);
  });
});
