import { TestDatabases } from '@backstage/backend-test-utils';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { openDatabase } from '../database/openDatabase';
import { PlanBench } from '../__testUtils__/planBench';
import { HTTP_ROUTE, standing } from '../__testUtils__/planWorld';

jest.setTimeout(30_000);

const { services, httpRoutes, pods, endpointSlices } = RESOURCE_TYPES;

function service(name: string, selector: Record<string, string>) {
  return {
    metadata: { name, namespace: 'wealth' },
    spec: { selector, ports: [{ port: 80 }] },
  };
}

const to = (...names: string[]) => ({
  backendRefs: names.map(name => ({ name, port: 80 })),
});
const GATEWAYS = { parentRefs: [{ kind: 'Gateway', name: 'edge' }] };

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

  it('leads a rule that someone rewrote meanwhile back as well', async () => {
    const id = await testing();
    const live = bench.world.httpRoute as KubernetesObject;
    const [rule] = Reflect.get(Object(live.spec), 'rules');
    const matches = [{ path: { type: 'PathPrefix', value: '/v2' } }];
    bench.world.cluster.put(httpRoutes, {
      ...live,
      spec: { ...Object(live.spec), rules: [{ ...rule, matches }] },
    });
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 6)).resolves.toBe('aborted');
    const [original] = Reflect.get(Object(HTTP_ROUTE.spec), 'rules');
    expect(bench.world.httpRoute?.spec).toEqual({
      ...Object(HTTP_ROUTE.spec),
      rules: [{ ...original, matches }],
    });
  });

  it('comes to its end where someone took the rules away', async () => {
    const id = await testing();
    const live = bench.world.httpRoute as KubernetesObject;
    const rules = [to('order')];
    bench.world.cluster.put(httpRoutes, {
      ...live,
      spec: { ...GATEWAYS, rules },
    });
    await bench.pass(id, 2);
    expect((await bench.record(id)).state.problem?.sentence).toMatch(
      /^Routes could not be changed: spec.rules: expected a rule for everyone/,
    );
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 6)).resolves.toBe('aborted');
    expect(bench.world.httpRoute?.spec).toEqual({ ...GATEWAYS, rules });
    expect(bench.world.service('quote-canary')).toBeUndefined();
  });

  it('does not go on while a controller refuses what is written, and aborts all the same', async () => {
    const { id } = await bench.start();
    await bench.pass(id, 3);
    const live = bench.world.httpRoute as KubernetesObject;
    bench.world.cluster.put(httpRoutes, {
      ...live,
      status: standing('False', 'unsupported value'),
    });
    const place = await bench.place(id);
    await expect(bench.pass(id, 20)).resolves.toBe(place);
    expect((await bench.record(id)).state.problem?.sentence).toBe(
      'Routes could not be changed: HTTPRoute quotes is not accepted by istio.io/gateway-controller: unsupported value',
    );
    await bench.command(id, 'abort');
    await expect(bench.pass(id, 6)).resolves.toBe('aborted');
    expect(bench.world.leftovers).toEqual([]);
  });
});
