import { canaryPlanSchema } from '@orrery/backstage-plugin-delivery-common';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { PLAN } from '../__testUtils__/planBench';
import { HTTP_ROUTE, PlanWorld, standing } from '../__testUtils__/planWorld';
import { preparePlan } from './preparePlan';
import { previewRoutes } from './previewRoutes';

const { services, httpRoutes, virtualServices } = RESOURCE_TYPES;
const TARGET = {
  cluster: 'kepler',
  namespace: 'wealth',
  kind: 'Deployment',
  name: 'quote',
};
const plan = canaryPlanSchema.parse(PLAN);
const prepare = ({ cluster }: PlanWorld) => preparePlan(cluster, plan, TARGET);

function service(name: string, selector: Record<string, string>) {
  return {
    metadata: { name, namespace: 'wealth' },
    spec: { selector, ports: [{ port: 80 }] },
  };
}

function route(change: object, name = 'other'): KubernetesObject {
  return {
    ...HTTP_ROUTE,
    metadata: { name, namespace: 'wealth' },
    spec: { ...Object(HTTP_ROUTE.spec), ...change },
  };
}

const to = (...names: string[]) => ({
  backendRefs: names.map(name => ({ name, port: 80 })),
});
const GATEWAYS = { parentRefs: [{ kind: 'Gateway', name: 'edge' }] };

describe('preparing a plan on an HTTPRoute', () => {
  it('says which Services it makes', async () => {
    const { sentences, context } = await prepare(new PlanWorld('httpRoute'));
    expect(sentences).toEqual([
      'HTTPRoute quotes shares out the requests to Service quote, between Services quote-stable and quote-canary.',
      'HTTPRoute quotes gets a Service for each version: quote-stable and quote-canary are made, and removed at the end.',
    ]);
    expect(context).toMatchObject({
      services: {
        stable: { selector: { app: 'quote', version: 'v1' } },
        canary: { selector: { app: 'quote', version: '2' } },
      },
      ports: [{ port: 80 }],
    });
  });

  it('uses a Service that has the pods of one version, and says so', async () => {
    const world = new PlanWorld('httpRoute');
    world.cluster.put(services, service('quote-stable', { version: 'v1' }));
    const { sentences, context } = await prepare(world);
    expect(sentences[2]).toBe(
      'quote-stable is there already and is used as found.',
    );
    expect(context).toMatchObject({
      service: 'quote',
      services: { stable: { selector: { version: 'v1' } } },
    });
  });

  it('says what a route of Gateways and rules for an audience do not share out', async () => {
    const world = new PlanWorld();
    const forSome = {
      ...to('quote'),
      matches: [{ headers: [{ name: 'x-beta', value: 'yes' }] }],
    };
    world.cluster.put(
      httpRoutes,
      route({ ...GATEWAYS, rules: [forSome, to('quote'), to('order')] }),
    );
    const { sentences, context } = await prepare(world);
    expect(context).toMatchObject({
      httpRoute: { originalRules: [to('quote')] },
    });
    expect(sentences.slice(2)).toEqual([
      'HTTPRoute other rules what comes through its Gateways: requests of the mesh’s own callers reach both versions by their numbers of pods, whatever the weight.',
      'Requests that rules of HTTPRoute other choose by headers or query reach both versions by their numbers of pods, whatever the weight.',
    ]);
  });

  it.each<[string, (world: PlanWorld) => void, RegExp]>([
    [
      'a VirtualService that routes the host too',
      ({ cluster }) =>
        cluster.put(virtualServices, {
          metadata: { name: 'quote', namespace: 'wealth' },
          spec: {
            hosts: ['quote'],
            http: [{ route: [{ destination: { host: 'quote' } }] }],
          },
        }),
      /^service: expected a Service with one object that routes its requests: VirtualService quote and HTTPRoute quotes both do/,
    ],
    [
      'two HTTPRoutes',
      ({ cluster }) =>
        cluster.put(httpRoutes, route({ ...GATEWAYS, rules: [to('quote')] })),
      /HTTPRoute quotes and HTTPRoute other both do/,
    ],
    [
      'a route that somebody shares out',
      ({ cluster }) =>
        cluster.put(
          httpRoutes,
          route({ rules: [to('quote', 'quote-next')] }, 'quotes'),
        ),
      /nobody else shares out \(HTTPRoute quotes sends some of it to quote-next\)/,
    ],
    [
      'a rule for some that leads to the canary’s name',
      ({ cluster }) =>
        cluster.put(
          httpRoutes,
          route(
            {
              rules: [
                to('quote'),
                {
                  ...to('quote-canary'),
                  matches: [{ headers: [{ name: 'x-beta', value: 'yes' }] }],
                },
              ],
            },
            'quotes',
          ),
        ),
      /HTTPRoute does not lead to quote-canary already \(quotes does\)/,
    ],
    [
      'a route that no controller follows',
      ({ cluster }) =>
        cluster.put(httpRoutes, {
          ...HTTP_ROUTE,
          status: standing('False', 'no such parent'),
        }),
      /HTTPRoute is in force \(HTTPRoute quotes is not accepted by istio.io\/gateway-controller: no such parent\)/,
    ],
    [
      'the rest of an earlier canary',
      ({ cluster }) =>
        cluster.put(services, {
          ...service('quote-canary', { app: 'quote' }),
          metadata: {
            name: 'quote-canary',
            namespace: 'wealth',
            labels: { 'orrery.dev/canary-of': 'quote' },
          },
        }),
      /nobody drives Service quote-canary any more, delete it/,
    ],
    [
      'a Service of the name that has the pods of both versions',
      ({ cluster }) =>
        cluster.put(services, service('quote-stable', { app: 'quote' })),
      /the name quote-stable is free, or has the stable pods alone/,
    ],
  ])('refuses %s', async (_, change, expected) => {
    const world = new PlanWorld('httpRoute');
    change(world);
    await expect(prepare(world)).rejects.toThrow(expected);
  });

  it('says that it is not known whether a route is followed', async () => {
    const world = new PlanWorld('httpRoute');
    world.cluster.put(httpRoutes, { ...HTTP_ROUTE, status: {} });
    const { sentences } = await prepare(world);
    expect(sentences.at(-1)).toBe(
      'No controller has said whether it follows HTTPRoute quotes as it is.',
    );
  });

  it('keeps to VirtualServices where the cluster has no Gateway API', async () => {
    const world = new PlanWorld();
    world.cluster.beforeRequest = (_, plural) => {
      if (plural === 'httproutes') {
        throw new KubernetesError('kepler', 404, 'NotFound', 'No such path');
      }
    };
    const { context, sentences } = await prepare(world);
    expect(context).toMatchObject({ virtualService: { name: 'quote' } });
    expect(sentences).toEqual([
      'VirtualService quote (made for the canary, removed after it) shares out the requests to Service quote, between the subsets stable and canary of DestinationRule quote (made for the canary, removed after it).',
    ]);
  });
});

describe('the preview of a plan on an HTTPRoute', () => {
  it('shows what the server would store, and stores nothing', async () => {
    const world = new PlanWorld('httpRoute');
    const { before, after } = await previewRoutes(
      world.cluster,
      plan,
      TARGET,
      await prepare(world),
    );
    expect(before).toEqual({ httpRoute: HTTP_ROUTE.spec });
    expect(JSON.stringify(after.httpRoute)).toContain(
      '{"name":"quote-stable","port":80,"weight":100},{"name":"quote-canary","port":80,"weight":0}',
    );
    expect(after['service quote-canary']).toMatchObject({
      selector: { version: '2' },
    });
    expect(world.leftovers).toEqual([]);
  });

  it('refuses a share of a mirror that the server does not keep', async () => {
    const world = new PlanWorld('httpRoute');
    const prepared = await prepare(world);
    const mirror = { kind: 'mirror' as const, percent: 20 };
    const mirrored = { ...plan, steps: [...plan.steps, mirror] };
    const preview = () =>
      previewRoutes(world.cluster, mirrored, TARGET, prepared);
    await expect(preview()).resolves.toBeDefined();
    const { replace } = world.cluster;
    jest
      .spyOn(world.cluster, 'replace')
      .mockImplementation(async (cluster, type, object, options) =>
        JSON.parse(
          JSON.stringify(
            await replace.call(world.cluster, cluster, type, object, options),
          ).replace(',"percent":20', ''),
        ),
      );
    await expect(preview()).rejects.toThrow(
      /^steps\[5\].percent: expected 100, or no mirror/,
    );
  });
});
