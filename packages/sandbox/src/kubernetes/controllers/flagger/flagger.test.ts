import type { MetricAnswer } from '../context';
import { asObject, asObjects, type JsonObject } from '../../values';
import { createTestCluster, sampleDeployment } from '../../testing/cluster';

const canaries = 'canaries.flagger.app';
const deployments = 'deployments.apps';
const template = (tag: string) =>
  sampleDeployment('shop', {}, `example.org/app:${tag}`).spec?.template;

interface Call {
  url: string;
  body: JsonObject;
}

async function start(
  analysis: JsonObject,
  options: {
    spec?: JsonObject;
    measure?: (query: string) => number[];
    answer?: (call: Call) => number;
  } = {},
) {
  const calls: Call[] = [];
  const queries: string[] = [];
  const cluster = createTestCluster({
    queryMetrics: async (query): Promise<MetricAnswer> => {
      queries.push(query);
      return { type: 'vector', values: options.measure?.(query) ?? [100] };
    },
    postWebhook: async (url, body) => {
      const call = { url, body: asObject(body) };
      calls.push(call);
      return { status: options.answer?.(call) ?? 200, body: 'closed' };
    },
  });
  const { store } = cluster;
  store.put(deployments, sampleDeployment('shop', { replicas: 2 }));
  store.put(canaries, {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'shop', namespace: 'default' },
    spec: {
      provider: 'istio',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      service: { port: 80 },
      analysis: { interval: '10s', threshold: 2, ...analysis },
      ...options.spec,
    },
  });
  const run = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      cluster.run(1);
      for (let turn = 0; turn < 3; turn++) {
        await new Promise(resolve => setImmediate(resolve));
      }
    }
  };
  await run(25);
  const put = (resource: string, fields: JsonObject) => {
    const found = store.get(resource, 'default', 'shop');
    if (!found) throw new Error('it is gone');
    store.put(resource, { ...found, spec: { ...found.spec, ...fields } });
  };
  const virtualService = () =>
    asObject(
      store.get('virtualservices.networking.istio.io', 'default', 'shop')?.spec,
    );
  return {
    ...cluster,
    calls,
    queries,
    run,
    put,
    release: (tag: string) => put(deployments, { template: template(tag) }),
    http: () => asObjects(virtualService().http),
    weights: () =>
      asObjects(asObjects(virtualService().http)[0]?.route).map(
        entry => entry.weight,
      ),
    status: () => asObject(store.get(canaries, 'default', 'shop')?.status),
    replicas: (name: string) =>
      store.get(deployments, 'default', name)?.spec?.replicas,
    image: (name: string) => {
      const spec = asObject(
        asObject(store.get(deployments, 'default', name)?.spec?.template).spec,
      );
      return asObjects(spec.containers)[0]?.image;
    },
    messages: () => store.list('events').map(event => String(event.message)),
    /** Phases and weights that were seen, second by second, each once in a row. */
    async follow(seconds: number) {
      const seen: string[] = [];
      for (let second = 0; second < seconds; second++) {
        await run(1);
        const { phase } = asObject(
          store.get(canaries, 'default', 'shop')?.status,
        );
        const now = `${phase} ${
          asObjects(asObjects(virtualService().http)[0]?.route)[1]?.weight
        }`;
        if (seen[seen.length - 1] !== now) seen.push(now);
      }
      return seen;
    },
  };
}

const steps = { maxWeight: 50, stepWeight: 25 };
const success = {
  metrics: [
    {
      name: 'request-success-rate',
      thresholdRange: { min: 99 },
      interval: '1m',
    },
  ],
};

describe('Flagger', () => {
  it('initialises a primary, services, routes and rules', async () => {
    const { store, status, replicas, http, messages } = await start(steps);
    expect(status()).toMatchObject({
      phase: 'Initialized',
      canaryWeight: 0,
      failedChecks: 0,
      iterations: 0,
      trackedConfigs: {},
      conditions: [{ type: 'Promoted', status: 'True', reason: 'Initialized' }],
    });
    expect(status().lastPromotedSpec).toBe(status().lastAppliedSpec);
    expect(replicas('shop')).toBe(0);
    expect(replicas('shop-primary')).toBe(2);
    const selectors = ['shop', 'shop-primary', 'shop-canary'].map(
      name => store.get('services', 'default', name)?.spec?.selector,
    );
    expect(selectors).toEqual([
      { app: 'shop-primary' },
      { app: 'shop-primary' },
      { app: 'shop' },
    ]);
    expect(http()).toEqual([
      {
        route: [
          { destination: { host: 'shop-primary' }, weight: 100 },
          { destination: { host: 'shop-canary' }, weight: 0 },
        ],
      },
    ]);
    expect(
      store
        .list('destinationrules.networking.istio.io')
        .map(rule => rule.spec?.host),
    ).toEqual(['shop-canary', 'shop-primary']);
    expect(messages()).toContain('Initialization done! shop.default');
  });

  it('steps, copies the template to the primary, and shifts back', async () => {
    const { release, follow, image, replicas, status, messages, queries } =
      await start({ ...steps, ...success });
    release('2');
    expect(await follow(110)).toEqual([
      'Initialized 0',
      'Progressing 0',
      'Progressing 25',
      'Progressing 50',
      'Promoting 50',
      'Finalising 0',
      'Succeeded 0',
    ]);
    expect(image('shop-primary')).toBe('example.org/app:2');
    expect(replicas('shop')).toBe(0);
    expect(status()).toMatchObject({
      canaryWeight: 0,
      conditions: [{ status: 'True', reason: 'Succeeded' }],
    });
    expect(status().lastPromotedSpec).toBe(status().lastAppliedSpec);
    expect(queries[0]).toContain(
      'destination_workload_namespace="default",destination_workload=~"shop",response_code!~"5.*"}[1m]',
    );
    expect(messages()).toEqual(
      expect.arrayContaining([
        'New revision detected! Scaling up shop.default',
        'Starting canary analysis for shop.default',
        'Advance shop.default canary weight 25',
        'Copying shop.default template spec to shop-primary.default',
        'Routing all traffic to primary',
        'Promotion completed! Scaling down shop.default',
      ]),
    );
  });

  it.each<[string, number[], string]>([
    [
      'bad values',
      [80],
      'Halt shop.default advancement success rate 80.00% < 99%',
    ],
    [
      'no values',
      [],
      'Halt advancement no values found for istio metric request-success-rate probably shop.default is not receiving traffic: running query failed: no values found',
    ],
    [
      'values that are none',
      [NaN],
      'Halt advancement no values found for istio metric request-success-rate probably shop.default is not receiving traffic: running query failed: no values found',
    ],
  ])(
    'never advances on %s, and fails at the threshold',
    async (_, values, message) => {
      const { release, follow, status, image, messages, weights } = await start(
        { ...steps, ...success },
        { measure: () => values },
      );
      release('2');
      expect(await follow(70)).toEqual([
        'Initialized 0',
        'Progressing 0',
        'Progressing 25',
        'Failed 0',
      ]);
      expect(weights()).toEqual([100, 0]);
      expect(image('shop-primary')).toBe('example.org/app:1');
      expect(status()).toMatchObject({
        conditions: [{ status: 'False', reason: 'Failed' }],
      });
      expect(messages()).toEqual(
        expect.arrayContaining([
          message,
          'Rolling back shop.default failed checks threshold reached 2',
          'Canary failed! Scaling down shop.default',
        ]),
      );
    },
  );

  it('waits for the gates of people and tells of events', async () => {
    let open = false;
    const hook = (type: string) => ({
      type,
      name: type,
      url: `http://127.0.0.1:1/${type}`,
      metadata: { team: 'shop' },
    });
    const { release, follow, calls, status, run } = await start(
      {
        ...steps,
        webhooks: [
          hook('confirm-rollout'),
          hook('confirm-promotion'),
          hook('rollback'),
          hook('event'),
        ],
      },
      {
        answer: ({ url }) => {
          if (url.endsWith('event')) return 200;
          if (url.endsWith('rollback')) return 403;
          return open ? 200 : 403;
        },
      },
    );
    release('2');
    await run(25);
    expect(status()).toMatchObject({ phase: 'Waiting' });
    open = true;
    await run(12);
    open = false;
    expect((await follow(60)).at(-1)).toBe('WaitingPromotion 50');
    const gate = calls.find(({ url }) => url.endsWith('confirm-promotion'));
    expect(gate?.body).toEqual({
      name: 'shop',
      namespace: 'default',
      phase: 'Progressing',
      checksum: expect.any(String),
      metadata: { team: 'shop' },
    });
    const event = calls.find(({ url }) => url.endsWith('event'));
    expect(asObject(event?.body.metadata)).toMatchObject({
      eventMessage: expect.any(String),
      eventType: expect.stringMatching(/^(Normal|Warning)$/),
    });
    open = true;
    expect((await follow(60)).at(-1)).toBe('Succeeded 0');
  });

  it('rolls back when a webhook says so', async () => {
    let recall = false;
    const { release, run, status, messages } = await start(
      {
        ...steps,
        webhooks: [
          { type: 'rollback', name: 'recall', url: 'http://127.0.0.1' },
        ],
      },
      { answer: () => (recall ? 200 : 500) },
    );
    release('2');
    await run(32);
    recall = true;
    await run(12);
    expect(status().phase).toBe('Failed');
    expect(messages()).toContain(
      'Rolling back shop.default manual webhook invoked',
    );
  });

  it('starts again with a newer revision', async () => {
    const { release, run, status, weights, messages } = await start(steps);
    release('2');
    await run(28);
    expect(weights()[1]).toBeGreaterThan(0);
    release('3');
    await run(11);
    expect(status()).toMatchObject({ phase: 'Progressing', failedChecks: 0 });
    expect(messages()).toContain(
      'New revision detected! Restarting analysis for shop.default',
    );
  });

  it('tests by header for some rounds', async () => {
    const match = [{ headers: { 'x-group': { exact: 'beta' } } }];
    const { release, run, http, status } = await start({
      iterations: 3,
      match,
    });
    release('2');
    await run(35);
    expect(status()).toMatchObject({ phase: 'Progressing' });
    expect(http()).toMatchObject([
      { match, route: [{ weight: 0 }, { weight: 100 }] },
      { route: [{ destination: { host: 'shop-primary' }, weight: 100 }] },
    ]);
    await run(70);
    expect(status().phase).toBe('Succeeded');
  });

  it('mirrors before it shifts', async () => {
    const { release, run, http } = await start({
      ...steps,
      mirror: true,
      mirrorWeight: 40,
    });
    release('2');
    await run(25);
    expect(http()[0]).toMatchObject({
      mirror: { host: 'shop-canary' },
      mirrorPercentage: { value: 40 },
    });
    await run(10);
    expect(http()[0].mirror).toBeUndefined();
  });

  it('shifts back in steps', async () => {
    const { release, follow } = await start({
      stepWeights: [10, 60],
      stepWeightPromotion: 30,
    });
    release('2');
    expect(await follow(120)).toEqual([
      'Initialized 0',
      'Progressing 0',
      'Progressing 10',
      'Progressing 60',
      'Promoting 60',
      'Promoting 30',
      'Finalising 0',
      'Succeeded 0',
    ]);
  });

  it('promotes without analysis when told to, and does nothing while suspended', async () => {
    const { release, run, status, put, image } = await start(steps, {
      spec: { skipAnalysis: true },
    });
    put(canaries, { suspend: true });
    release('2');
    await run(30);
    expect(status().phase).toBe('Initialized');
    put(canaries, { suspend: false });
    await run(30);
    expect(status().phase).toBe('Succeeded');
    expect(image('shop-primary')).toBe('example.org/app:2');
  });

  it('gives up on pods that do not come up', async () => {
    const { release, run, status, weights } = await start(steps, {
      spec: { progressDeadlineSeconds: 30 },
    });
    release('2-missing');
    await run(80);
    expect(status().phase).toBe('Failed');
    expect(weights()).toEqual([100, 0]);
  });

  it('measures by templates', async () => {
    const { store, release, run, queries, messages } = await start({
      ...steps,
      metrics: [
        {
          name: 'errors',
          templateRef: { name: 'errors' },
          thresholdRange: { max: 5 },
          interval: '30s',
        },
      ],
    });
    store.put('metrictemplates.flagger.app', {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'MetricTemplate',
      metadata: { name: 'errors', namespace: 'default' },
      spec: {
        provider: { type: 'prometheus' },
        query: 'errors{w="{{ target }}",n="{{ namespace }}"}[{{ interval }}]',
      },
    });
    release('2');
    await run(40);
    expect(queries).toContain('errors{w="shop",n="default"}[30s]');
    expect(messages()).toContain(
      'Halt shop.default advancement errors 100.00 > 5',
    );
  });

  it('puts the target back before it goes', async () => {
    const { store, run, replicas } = await start(steps, {
      spec: { revertOnDeletion: true },
    });
    const found = store.get(canaries, 'default', 'shop');
    if (!found) throw new Error('the Canary is gone');
    store.put(canaries, {
      ...found,
      metadata: {
        ...found.metadata,
        deletionTimestamp: '2026-11-01T12:00:30Z',
      },
    });
    await run(20);
    expect(store.get(canaries, 'default', 'shop')).toBeUndefined();
    expect(replicas('shop')).toBe(2);
    expect(store.get(deployments, 'default', 'shop-primary')).toBeUndefined();
  });
});
