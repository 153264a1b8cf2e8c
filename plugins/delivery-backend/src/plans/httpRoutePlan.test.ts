import { TestDatabases } from '@backstage/backend-test-utils';
import {
  canaryPlanSchema,
  type PlanStep,
} from '@orrery/backstage-plugin-delivery-common';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { openDatabase } from '../database/openDatabase';
import { PLAN, PlanBench } from '../__testUtils__/planBench';
import { HTTP_ROUTE, PlanWorld } from '../__testUtils__/planWorld';
import { preparePlan } from './preparePlan';
import { previewRoutes } from './previewRoutes';

jest.setTimeout(30_000);

const { services, httpRoutes, virtualServices, pods, endpointSlices } =
  RESOURCE_TYPES;
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

describe('the preview of steps that an HTTPRoute cannot have', () => {
  const withStep = (step: PlanStep) => ({ ...plan, steps: [step] });
  const header: PlanStep = {
    kind: 'header',
    headers: { 'x-user': { regex: '^a.*' } },
  };
  const mirror: PlanStep = { kind: 'mirror', percent: 100 };

  it.each<[string, PlanStep, string]>([
    ['a header by pattern', header, 'headers[0].type: Unsupported value'],
    ['a mirror', mirror, 'filters: RequestMirror is not known here'],
  ])('names the step, and what the server says: %s', async (_, step, says) => {
    const world = new PlanWorld('httpRoute');
    const prepared = await prepare(world);
    const { replace } = world.cluster;
    jest
      .spyOn(world.cluster, 'replace')
      .mockImplementation(async (cluster, type, object, options) => {
        if (/RegularExpression|RequestMirror/.test(JSON.stringify(object))) {
          throw new KubernetesError('kepler', 422, 'Invalid', says);
        }
        return replace.call(world.cluster, cluster, type, object, options);
      });
    await expect(
      previewRoutes(world.cluster, withStep(step), TARGET, prepared),
    ).rejects.toThrow(
      `steps[0]: expected a step that the HTTPRoute of this cluster can have (${says})`,
    );
  });

  it('is no refusal of the step where nobody answers', async () => {
    const world = new PlanWorld('httpRoute');
    const prepared = await prepare(world);
    jest.spyOn(world.cluster, 'replace').mockImplementation(async () => {
      throw new KubernetesError('kepler', 503, 'Unreachable', 'Nobody answers');
    });
    await expect(
      previewRoutes(world.cluster, withStep(mirror), TARGET, prepared),
    ).rejects.toThrow(/^Nobody answers$/);
  });

  it('names a header whose match the server does not keep', async () => {
    const world = new PlanWorld('httpRoute');
    const prepared = await prepare(world);
    const { replace } = world.cluster;
    jest
      .spyOn(world.cluster, 'replace')
      .mockImplementation(async (cluster, type, object, options) =>
        JSON.parse(
          JSON.stringify(
            await replace.call(world.cluster, cluster, type, object, options),
          ).replace('RegularExpression', 'Exact'),
        ),
      );
    await expect(
      previewRoutes(world.cluster, withStep(header), TARGET, prepared),
    ).rejects.toThrow(/^steps\[0\]: expected a step .* keeps as it is written/);
  });
});

describe('a plan on an HTTPRoute', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: PlanBench;

  beforeEach(async () => {
    const knex = await databases.init('SQLITE_3');
    await openDatabase({ getClient: async () => knex });
    bench = new PlanBench(knex, 'httpRoute');
  });

  const refused = () => {
    throw new KubernetesError('kepler', 503, 'Unreachable', 'Nobody answers');
  };

  it('sends nothing to a Service behind which no pod is known yet, and makes no canary meanwhile', async () => {
    const { id } = await bench.start();
    await bench.backend().drive(id);
    const { state } = await bench.record(id);
    expect(state.problem?.sentence).toBe(
      'Routes could not be changed: no ready pod is known behind Service quote-stable yet',
    );
    expect(bench.world.httpRoute?.spec).toEqual(HTTP_ROUTE.spec);
    expect(bench.world.deployment('quote-canary')).toBeUndefined();
    await bench.pass(id, 2);
    expect(bench.world.deployment('quote-canary')).toBeDefined();
  });

  it('aborts without a detour where it had not come to the route', async () => {
    const { id } = await bench.start();
    await bench.backend().drive(id);
    await bench.command(id, 'abort');
    const { cluster } = bench.world;
    const before = cluster.writes.length;
    await expect(bench.pass(id, 3)).resolves.toBe('aborted');
    expect(
      cluster.writes.slice(before).map(({ verb, name }) => `${verb} ${name}`),
    ).toEqual(['delete quote-stable', 'delete quote-canary']);
  });

  async function testing(): Promise<string> {
    const { id } = await bench.start();
    bench.verdict = 'hold';
    await bench.pass(id, 6);
    expect(bench.world.weight).toBe(10);
    return id;
  }

  it('puts traffic back although Services cannot be written and pods are unknown', async () => {
    const id = await testing();
    const { cluster } = bench.world;
    cluster.remove(services, { namespace: 'wealth', name: 'quote-canary' });
    cluster.beforeRequest = (verb, plural) => {
      const isRead = verb === 'get' || plural === 'pods';
      if (
        plural === endpointSlices.plural ||
        (plural === 'services' && !isRead)
      ) {
        refused();
      }
    };
    await bench.command(id, 'abort');
    await bench.pass(id, 2);
    expect(bench.world.weight).toBe(0);
    expect((await bench.record(id)).state.problem?.sentence).toBe(
      'Routes could not be changed: Nobody answers',
    );
    cluster.beforeRequest = () => undefined;
    await expect(bench.pass(id, 6)).resolves.toBe('aborted');
    expect(bench.world.leftovers).toEqual([]);
  });

  it('puts the original back only when no pod of the canary gets requests any more', async () => {
    const id = await testing();
    const pod = {
      metadata: {
        name: 'quote-canary-1',
        namespace: 'wealth',
        labels: { 'orrery.dev/canary-of': 'quote' },
      },
    };
    bench.world.cluster.put(pods, pod);
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 4)).resolves.toBe('aborting retire');
    expect(bench.world.leftovers).toContain('changes of the HTTPRoute');
    bench.world.cluster.put(pods, {
      metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    });
    await expect(bench.pass(id, 4)).resolves.toBe('aborted');
    expect(bench.world.leftovers).toEqual([]);
  });

  it('leaves a Service that it found', async () => {
    const found = service('quote-stable', { version: 'v1' });
    bench.world.cluster.put(services, found);
    bench.world.settle();
    const { id } = await bench.start();
    await expect(bench.pass(id)).resolves.toBe('done');
    expect(bench.world.leftovers).toEqual(['Service of the stable version']);
    expect(bench.world.service('quote-stable')?.spec).toEqual(found.spec);
  });

  it('keeps what others wrote into the route meanwhile', async () => {
    const id = await testing();
    const live = bench.world.httpRoute as KubernetesObject;
    const [rule] = Reflect.get(Object(live.spec), 'rules');
    const filter = { type: 'ResponseHeaderModifier' };
    bench.world.cluster.put(httpRoutes, {
      ...live,
      spec: { ...Object(live.spec), rules: [{ ...rule, filters: [filter] }] },
    });
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 6)).resolves.toBe('aborted');
    const [original] = Reflect.get(Object(HTTP_ROUTE.spec), 'rules');
    expect(bench.world.httpRoute?.spec).toEqual({
      ...Object(HTTP_ROUTE.spec),
      rules: [{ ...original, filters: [filter] }],
    });
  });
});
