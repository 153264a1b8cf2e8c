import { TestDatabases } from '@backstage/backend-test-utils';
import { canaryPlanSchema } from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { openDatabase } from '../database/openDatabase';
import { PLAN, PlanBench } from '../__testUtils__/planBench';
import { DESTINATION_RULE, VIRTUAL_SERVICE } from '../__testUtils__/planWorld';
import { preparePlan } from './preparePlan';

jest.setTimeout(30_000);

const { virtualServices, destinationRules } = RESOURCE_TYPES;
const TARGET = {
  cluster: 'kepler',
  namespace: 'wealth',
  kind: 'Deployment',
  name: 'quote',
};
const KEY = { namespace: 'wealth', name: 'quote' };

/** What a gateway leads to `quote` by; it bears the name of the Service. */
const OF_GATEWAY: KubernetesObject = {
  metadata: KEY,
  spec: {
    hosts: ['quotes.example.com'],
    gateways: ['istio-system/edge'],
    http: [{ route: [{ destination: { host: 'quote' } }] }],
  },
};
const OF_ANOTHER: KubernetesObject = {
  metadata: KEY,
  spec: { host: 'order', subsets: [{ name: 'v1', labels: { version: 'v1' } }] },
};

describe('a plan on Istio’s routes', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: PlanBench;

  async function open(
    ...options: ConstructorParameters<typeof PlanBench>[1][]
  ) {
    const knex = await databases.init('SQLITE_3');
    await openDatabase({ getClient: async () => knex });
    bench = new PlanBench(knex, ...options);
  }

  const prepare = () =>
    preparePlan(bench.world.cluster, canaryPlanSchema.parse(PLAN), TARGET);

  it('says what it uses as it found it, and names subsets beside those of others', async () => {
    await open('virtualService');
    const { sentences } = await prepare();
    expect(sentences).toEqual([
      'VirtualService quote shares out the requests to Service quote, between the subsets orrery-stable and orrery-canary of DestinationRule quote.',
    ]);
  });

  it('leaves objects of others that bear the names it would give, and says what gateways lead past it', async () => {
    await open();
    const { cluster } = bench.world;
    const before = [
      cluster.put(virtualServices, OF_GATEWAY),
      cluster.put(destinationRules, OF_ANOTHER),
    ];
    const { sentences } = await prepare();
    expect(sentences).toEqual([
      expect.stringMatching(
        /^VirtualService quote-canary \(made .* DestinationRule quote-canary \(made/,
      ),
      'Requests that gateways send to quote by VirtualService quote reach both versions by their numbers of pods, whatever the weight.',
    ]);
    const { id } = await bench.start();
    await expect(bench.pass(id)).resolves.toBe('done');
    expect(cluster.peekAll(virtualServices)).toEqual([before[0]]);
    expect(cluster.peekAll(destinationRules)).toEqual([before[1]]);
  });

  it('says what other namespaces lead past it, or that it is not known', async () => {
    await open('virtualService');
    const { cluster } = bench.world;
    const metadata = { name: 'edge', namespace: 'entrance' };
    cluster.put(virtualServices, {
      metadata,
      spec: {
        hosts: ['quotes.example.com'],
        gateways: ['entrance/edge'],
        http: [{ route: [{ destination: { host: 'quote.wealth' } }] }],
      },
    });
    cluster.put(RESOURCE_TYPES.httpRoutes, {
      metadata,
      spec: {
        parentRefs: [{ name: 'edge' }],
        rules: [{ backendRefs: [{ name: 'quote', namespace: 'wealth' }] }],
      },
    });
    expect((await prepare()).sentences.at(-1)).toBe(
      'Requests that come to quote by VirtualService entrance/edge and HTTPRoute entrance/edge reach both versions by their numbers of pods, whatever the weight.',
    );
    const { list } = cluster;
    jest
      .spyOn(cluster, 'list')
      .mockImplementation(async (name, type, options) => {
        if (options?.namespace === undefined) {
          throw new Error('you may read your own namespace only');
        }
        return list.call(cluster, name, type, options);
      });
    expect((await prepare()).sentences.at(-1)).toBe(
      'Whether other namespaces route requests to quote is not known: you may read your own namespace only.',
    );
  });

  it('neither changes nor removes what someone made by its name meanwhile', async () => {
    await open();
    const { cluster } = bench.world;
    const { id } = await bench.start();
    const theirs = cluster.put(virtualServices, OF_GATEWAY);
    await bench.pass(id, 3);
    expect((await bench.record(id)).state.problem?.sentence).toMatch(
      /^Routes could not be changed: .*someone else made another of this name/,
    );
    expect(bench.world.deployment('quote-canary')).toBeUndefined();
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 5)).resolves.toBe('aborted');
    expect(cluster.peekAll(virtualServices)).toEqual([theirs]);
    expect(cluster.peekAll(destinationRules)).toEqual([]);
  });

  it('puts back what someone deleted, to the letter', async () => {
    await open('virtualService');
    bench.verdict = 'hold';
    const { id } = await bench.start();
    await bench.pass(id, 6);
    expect(bench.world.weight).toBe(10);
    bench.world.cluster.remove(virtualServices, KEY);
    bench.world.cluster.remove(destinationRules, KEY);
    await bench.pass(id, 2);
    expect(bench.world.weight).toBe(10);
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 6)).resolves.toBe('aborted');
    expect(bench.world.virtualService?.spec).toEqual(VIRTUAL_SERVICE.spec);
    expect(bench.world.destinationRule?.spec).toEqual(DESTINATION_RULE.spec);
  });

  it('leads a route that someone rewrote meanwhile back as well', async () => {
    await open('virtualService');
    bench.verdict = 'hold';
    const { id } = await bench.start();
    await bench.pass(id, 6);
    const live = bench.world.virtualService as KubernetesObject;
    const [route] = Reflect.get(Object(live.spec), 'http');
    const rewritten = { ...route, name: 'everything', timeout: '3s' };
    bench.world.cluster.put(virtualServices, {
      ...live,
      spec: { ...Object(live.spec), http: [rewritten] },
    });
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 6)).resolves.toBe('aborted');
    const [original] = Reflect.get(Object(VIRTUAL_SERVICE.spec), 'http');
    expect(
      Reflect.get(Object(bench.world.virtualService?.spec), 'http'),
    ).toEqual([{ ...original, name: 'everything', timeout: '3s' }]);
  });
});
