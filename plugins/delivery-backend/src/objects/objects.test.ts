import {
  KubernetesError,
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { driveActions } from '../__testUtils__/driveActions';
import { deployment } from '../__testUtils__/sampleObjects';

const place = { cluster: 'kepler', namespace: 'wealth', app: 'coupon' };
const type = (plural: string) => ({
  group: '',
  version: 'v1',
  plural,
  namespaced: true,
});

const service = (port: number, name = 'coupon'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels: { app: 'coupon' } },
  spec: { ports: [{ port }] },
});
const account: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'coupon' },
};
const rules: KubernetesObject = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'coupon' },
  spec: { hosts: ['coupon'] },
};
const keys = [account, service(80), rules].map(
  ({ apiVersion, kind, metadata: { name } }) => ({ apiVersion, kind, name }),
);

describe('objects of a service', () => {
  const { world, start, stop, preview, run, ended } = driveActions();

  beforeEach(() => start());
  afterEach(stop);

  const written = () =>
    world().cluster.writes.map(({ verb, plural }) => `${verb} ${plural}`);
  const peek = (plural: string) =>
    world().cluster.peek(type(plural), {
      namespace: 'wealth',
      name: 'coupon',
    });

  it('are previewed by the server’s dry run, and nothing is written', async () => {
    const { status, body } = await preview('apply-objects', {
      ...place,
      objects: [rules, service(80), account],
    });
    expect(status).toBe(200);
    expect(body.target).toBe('kepler/wealth/service/coupon');
    expect(body.summary).toBe(
      'Apply 3 objects of coupon in wealth: 3 new, 0 there already',
    );
    expect(body.before).toBe('');
    expect(body.after.match(/^kind: .*/gm)).toEqual([
      'kind: ServiceAccount',
      'kind: Service',
      'kind: VirtualService',
    ]);
    expect(written()).toEqual([]);
  });

  it('are applied in order, and again without harm', async () => {
    const input = { ...place, objects: [rules, service(80), account] };
    const first = await run('apply-objects', input);
    expect(first.status).toBe(202);
    expect((await ended(first.body.id)).state).toBe('succeeded');
    expect(written()).toEqual([
      'patch serviceaccounts',
      'patch services',
      'patch virtualservices',
    ]);
    const again = await preview('apply-objects', input);
    expect(again.body.summary).toMatch(/0 new, 3 there already/);
    expect(again.body.before).toBe(again.body.after);
  });

  it('are put back where one of them is refused', async () => {
    await run('apply-objects', { ...place, objects: [service(80)] });
    const asked = await preview('apply-objects', {
      ...place,
      objects: [account, service(81), rules],
    });
    world().cluster.beforeRequest = (verb, plural) => {
      // Dry runs come before anything is written.
      const isWriting = written().length > 1;
      if (isWriting && verb === 'patch' && plural === 'virtualservices') {
        throw new KubernetesError('kepler', 422, 'Invalid', 'No such gateway');
      }
    };
    const refused = await run(
      'apply-objects',
      { ...place, objects: [account, service(81), rules] },
      { resourceVersion: asked.body.resourceVersion },
    );
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toBe(
      'VirtualService coupon was refused: No such gateway. What was applied before it is as it was.',
    );
    expect(peek('serviceaccounts')).toBeUndefined();
    expect(peek('services')?.spec).toEqual({ ports: [{ port: 80 }] });
  });

  it('are not applied to what was changed in between', async () => {
    await run('apply-objects', { ...place, objects: [service(80)] });
    const asked = await preview('apply-objects', {
      ...place,
      objects: [service(81)],
    });
    world().cluster.put(type('services'), {
      ...service(82),
      metadata: { name: 'coupon', namespace: 'wealth' },
    });
    const late = await run(
      'apply-objects',
      { ...place, objects: [service(81)] },
      { resourceVersion: asked.body.resourceVersion },
    );
    expect(late.status).toBe(409);
    expect(peek('services')?.spec).toEqual({ ports: [{ port: 82 }] });
  });

  it('wait for workloads, and say what keeps them', async () => {
    const { metadata, spec } = deployment('coupon');
    const labels = { app: 'coupon' };
    const template = {
      ...Reflect.get(Object(spec), 'template'),
      metadata: { labels },
    };
    const { body } = await run('apply-objects', {
      ...place,
      objects: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata,
          spec: {
            ...Object(spec),
            selector: { matchLabels: labels },
            template,
          },
        },
      ],
      waitSeconds: 1,
    });
    const row = await ended(body.id);
    expect(row.state).toBe('failed');
    expect(row.message).toMatch(/^Deployment coupon: Gave up waiting: /);
  });

  it('are deleted with traffic first; what is gone is left out', async () => {
    await run('apply-objects', { ...place, objects: [account, rules] });
    const { body } = await run('delete-objects', { ...place, objects: keys });
    expect((await ended(body.id)).state).toBe('succeeded');
    expect(written().slice(2)).toEqual([
      'delete virtualservices',
      'delete serviceaccounts',
    ]);
    const { body: none } = await preview('delete-objects', {
      ...place,
      objects: keys,
    });
    expect(none.summary).toBe(
      'Delete 0 objects of coupon in wealth; 3 are gone already',
    );
  });

  it('cannot take a host that another serves', async () => {
    world().cluster.put(RESOURCE_TYPES.virtualServices, {
      metadata: { name: 'shop', namespace: 'loan' },
      spec: { hosts: ['shop.example.com'] },
    });
    const asked = (host: string) =>
      preview('apply-objects', {
        ...place,
        objects: [{ ...rules, spec: { hosts: ['coupon', host] } }],
      });
    const { status, body } = await asked('shop.example.com');
    expect(body.error.message).toMatch(
      /^objects\[0\]\.spec: expected hosts that nobody else serves: VirtualService shop in loan serves this one, got "shop\.example\.com"/,
    );
    expect(status).toBe(400);
    expect((await asked('coupon.example.com')).status).toBe(200);
  });

  it('of another are refused, by name, by label and by place', async () => {
    world().cluster.put(RESOURCE_TYPES.services, {
      metadata: {
        name: 'coupon-old',
        namespace: 'wealth',
        labels: { app: 'voucher' },
      },
    });
    for (const [action, input, message] of [
      [
        'apply-objects',
        { ...place, objects: [service(80, 'coupon-old')] },
        /^objects\[0\]: expected an object of coupon: the one that is there is labelled as voucher’s/,
      ],
      [
        'delete-objects',
        {
          ...place,
          objects: [{ apiVersion: 'v1', kind: 'Service', name: 'payment' }],
        },
        /^objects\[0\]\.name: expected coupon/,
      ],
      [
        'delete-objects',
        { ...place, cluster: 'nowhere', objects: keys },
        /^cluster: expected a cluster that is configured/,
      ],
    ] as const) {
      const { status, body } = await preview(action, input);
      expect(body.error.message).toMatch(message);
      expect(status).toBe(400);
    }
  });
});
