import {
  findRoutesTo,
  findRulesOf,
  newVirtualService,
  resolveHost,
  setWeights,
  type MeshObject,
} from '.';
import { readWeights } from '../readWeights';

const HOST = 'payment.wealth.svc.cluster.local';
const to = (subset?: string, host = 'payment') => ({
  destination: { host, ...(subset && { subset }) },
});

function virtualService(http: object[], spec: object = {}): MeshObject {
  return {
    metadata: { name: 'payment', namespace: 'wealth', uid: 'u' },
    spec: { hosts: ['payment'], http, ...spec },
    status: { seen: true },
  };
}

const httpOf = (object: MeshObject) => Reflect.get(Object(object.spec), 'http');
const weights = (canary: number) => [
  { subset: 'v1', weight: 100 - canary },
  { subset: 'v2', weight: canary },
];

describe('resolveHost', () => {
  it.each([
    ['payment', 'payment.wealth.svc'],
    ['payment.wealth', 'payment.wealth.svc'],
    ['payment.other', 'payment.other.svc'],
    [HOST, 'payment.wealth.svc'],
    ['api.example.com', 'api.example.com'],
    ['*', '*'],
  ])('%s is %s', (host, resolved) => {
    expect(resolveHost(host, 'wealth')).toBe(resolved);
  });
});

describe('findRoutesTo and findRulesOf', () => {
  it('finds own ones first, by any spelling, of the mesh only', () => {
    const other = virtualService(
      [{ route: [to('v1', 'elsewhere')] }, { route: [to(undefined, HOST)] }],
      { hosts: ['money.example'], gateways: ['mesh', 'edge'] },
    );
    const own = virtualService([{ route: [to('v1')] }]);
    const outer = virtualService([{ route: [to()] }], { gateways: ['edge'] });
    const foreign = {
      ...own,
      metadata: { name: 'payment', namespace: 'credit' },
    };
    const all = [other, outer, foreign, own];
    expect(findRoutesTo(all, 'payment', 'wealth')).toEqual([
      { virtualService: own, isOwn: true, routes: [0] },
      { virtualService: other, isOwn: false, routes: [1] },
    ]);
    expect(
      findRoutesTo(all, HOST, 'any', { withGateways: true }).map(
        found => found.virtualService,
      ),
    ).toEqual([outer, own, other]);
    const rule = (host: string, namespace: string): MeshObject => ({
      metadata: { name: host, namespace },
      spec: { host },
    });
    const rules = [rule('payment', 'credit'), rule(HOST, 'istio-system')];
    expect(findRulesOf(rules, 'payment', 'wealth')).toEqual([rules[1]]);
  });
});

describe('setWeights', () => {
  it('shares the default route and leaves the rest as it is', () => {
    const beta = {
      match: [{ headers: { 'x-beta': { exact: 'yes' } } }],
      route: [to('v2')],
      fault: { delay: { fixedDelay: '1s' } },
    };
    const shop = { match: [{ uri: { prefix: '/shop' } }], route: [to('v1')] };
    const rest = {
      name: 'rest',
      timeout: '3s',
      retries: { attempts: 2 },
      route: [{ ...to('v1'), headers: { request: { set: { a: 'b' } } } }],
    };
    const before = virtualService([beta, shop, rest]);
    const after = setWeights(before, { host: HOST, weights: weights(5) });
    const shared = [
      {
        ...to('v1'),
        headers: { request: { set: { a: 'b' } } },
        weight: 95,
      },
      { ...to('v2'), weight: 5 },
    ];
    // The path's route leads elsewhere than the default one: it has no header.
    expect(after).toEqual({
      ...before,
      spec: {
        hosts: ['payment'],
        http: [beta, shop, { ...rest, route: shared }],
      },
    });
    expect(readWeights(after, 'payment')).toEqual(weights(5));
  });

  it('takes equal routes along, and routes by path where there is no other', () => {
    const path = (prefix: string) => ({
      match: [{ uri: { prefix } }],
      route: [to()],
    });
    for (const http of [
      [path('/a'), path('/b')],
      [path('/a'), { route: [to()] }],
      [path('/a'), path('/')],
    ]) {
      const after = setWeights(virtualService(http), {
        host: 'payment',
        weights: weights(20),
      });
      expect(
        httpOf(after).map(({ route }: { route: unknown }) => route),
      ).toEqual([
        [
          { ...to('v1'), weight: 80 },
          { ...to('v2'), weight: 20 },
        ],
        [
          { ...to('v1'), weight: 80 },
          { ...to('v2'), weight: 20 },
        ],
      ]);
    }
  });

  it('keeps what has weight 0, drops what is not listed, copies ports', () => {
    const port = { number: 8080 };
    const before = virtualService([
      {
        route: [
          { destination: { host: 'payment', subset: 'v0', port }, weight: 0 },
          { destination: { host: 'payment', subset: 'v1', port }, weight: 100 },
        ],
      },
    ]);
    const after = setWeights(before, { host: 'payment', weights: weights(0) });
    expect(httpOf(after)[0].route).toEqual([
      { destination: { host: 'payment', subset: 'v1', port }, weight: 100 },
      { destination: { host: 'payment', port, subset: 'v2' }, weight: 0 },
    ]);
  });

  it.each([
    [[], /^weights: expected at least one/],
    [[{ weight: 101 }], /^weights\[0\].weight: .*from 0 to 100, got 101/],
    [[{ weight: -1 }, { subset: 'b', weight: 101 }], /^weights\[0\].weight/],
    [[{ weight: 99.5 }], /^weights\[0\].weight: .* got 99.5/],
    [[{ weight: 90 }], /^weights: expected weights that make 100, got 90/],
    [[{ weight: 50 }, { weight: 50 }], /^weights\[1\]: expected each/],
  ])('refuses %j', (bad, message) => {
    expect(() =>
      setWeights(virtualService([{ route: [to()] }]), {
        host: 'payment',
        weights: bad,
      }),
    ).toThrow(message);
  });

  it.each([
    ['no route', []],
    ['another host', [{ route: [to('v1', 'order')] }]],
    ['several hosts', [{ route: [to('v1'), to('v1', 'order')] }]],
    ['chosen requests only', [{ match: [{ queryParams: {} }], route: [to()] }]],
    ['a redirect', [{ redirect: { uri: '/' } }]],
  ])('refuses what has %s', (_what, http) => {
    const object = virtualService(http);
    expect(() =>
      setWeights(object, { host: 'payment', weights: weights(1) }),
    ).toThrow(/^spec.http: expected a route for everyone/);
    expect(readWeights(object, 'payment')).toBeUndefined();
  });
});

describe('readWeights', () => {
  it.each([
    [[to()], [{ weight: 100 }]],
    [
      [
        { ...to('v1'), weight: 3 },
        { ...to('v2'), weight: 1 },
      ],
      weights(25),
    ],
    [[{ ...to('v1'), weight: 100 }, to('v2')], weights(0)],
  ])('of %j', (route, expected) => {
    expect(readWeights(virtualService([{ route }]), 'payment')).toEqual(
      expected,
    );
  });
});

describe('newVirtualService', () => {
  it('says what it was asked to', () => {
    const made = newVirtualService({
      name: 'payment',
      namespace: 'wealth',
      host: 'payment',
      weights: weights(5),
    });
    expect(made).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'payment', namespace: 'wealth' },
      spec: { hosts: ['payment'] },
    });
    expect(readWeights(made, HOST)).toEqual(weights(5));
  });
});
