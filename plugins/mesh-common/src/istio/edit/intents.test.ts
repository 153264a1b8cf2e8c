import {
  addHeaderRoute,
  CANARY_HEADER_ROUTE,
  clearMirror,
  ensureSubset,
  newDestinationRule,
  removeHeaderRoute,
  removeSubset,
  setMirror,
  type MeshObject,
} from '.';

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
describe('addHeaderRoute', () => {
  const headers = [
    { name: 'x-canary', type: 'exact' as const, value: 'always' },
    { name: 'user-agent', type: 'regex' as const, value: '.*Orrery.*' },
  ];
  const change = { host: 'payment', subset: 'v2', headers };

  it('comes first and is like the default route otherwise', () => {
    const before = virtualService([
      { match: [{ headers: { a: { exact: 'b' } } }], route: [to('v1')] },
      {
        name: 'rest',
        timeout: '2s',
        mirror: { host: 'payment', subset: 'v2' },
        route: [to('v1')],
      },
    ]);
    const after = addHeaderRoute(before, change);
    expect(httpOf(after)).toEqual([
      {
        name: CANARY_HEADER_ROUTE,
        match: [
          {
            headers: {
              'x-canary': { exact: 'always' },
              'user-agent': { regex: '.*Orrery.*' },
            },
          },
        ],
        timeout: '2s',
        route: [to('v2')],
      },
      ...httpOf(before),
    ]);
    expect(addHeaderRoute(after, change)).toEqual(after);
    expect(removeHeaderRoute(after)).toEqual(before);
    expect(removeHeaderRoute(before)).toBe(before);
  });

  it('takes no requests of other hosts, and serves each path', () => {
    const api = {
      match: [{ uri: { prefix: '/api' } }],
      route: [to(undefined, 'order')],
    };
    const path = (prefix: string) => ({
      match: [{ uri: { prefix } }],
      route: [to()],
    });
    const after = addHeaderRoute(
      virtualService([path('/a'), api, path('/b')]),
      change,
    );
    expect(
      httpOf(after).map(({ name, match }: { name: string; match: object[] }) =>
        [name, Reflect.get(match[0], 'uri').prefix].join(' '),
      ),
    ).toEqual([
      `${CANARY_HEADER_ROUTE} /a`,
      ' /a',
      ' /api',
      `${CANARY_HEADER_ROUTE}-2 /b`,
      ' /b',
    ]);
  });

  it.each([
    [[], /^headers: expected at least one/],
    [[{ ...headers[0], name: 'X-Canary' }], /^headers\[0\].name: .*lower case/],
    [[{ ...headers[0], value: '' }], /^headers\[0\].value: expected a value/],
    [[headers[0], { ...headers[1], value: '(' }], /^headers\[1\].value: .*reg/],
  ])('refuses %j', (bad, message) => {
    expect(() =>
      addHeaderRoute(virtualService([{ route: [to()] }]), {
        ...change,
        headers: bad,
      }),
    ).toThrow(message);
  });
});

describe('setMirror', () => {
  const change = { host: 'payment', subset: 'v2', percentage: 10 };

  it('copies requests of the default route, and stops', () => {
    const before = virtualService([{ route: [to('v1')], timeout: '1s' }]);
    const after = setMirror(before, change);
    expect(httpOf(after)).toEqual([
      {
        route: [to('v1')],
        timeout: '1s',
        mirror: { host: 'payment', subset: 'v2' },
        mirrorPercentage: { value: 10 },
      },
    ]);
    expect(setMirror(after, change)).toEqual(after);
    expect(clearMirror(after, HOST)).toEqual(before);
  });

  it('leaves mirrors to elsewhere alone', () => {
    const mirrored = virtualService([
      { route: [to('v1')], mirror: { host: 'shadow' } },
    ]);
    expect(() => setMirror(mirrored, change)).toThrow(
      /^spec.http\[0\].mirror: expected no mirror to elsewhere/,
    );
    expect(clearMirror(mirrored, 'payment')).toBe(mirrored);
    expect(() => setMirror(mirrored, { ...change, percentage: 0.5 })).toThrow(
      /^percentage: expected a whole number/,
    );
  });
});

describe('subsets', () => {
  const rule = newDestinationRule({
    name: 'payment',
    namespace: 'wealth',
    host: 'payment',
    subsets: [{ name: 'v1', labels: { version: 'v1' } }],
  });
  const v2 = { name: 'v2', labels: { version: 'v2' } };

  it('come and go', () => {
    const both = ensureSubset(rule, v2);
    expect(both.spec).toEqual({
      host: 'payment',
      subsets: [{ name: 'v1', labels: { version: 'v1' } }, v2],
    });
    expect(removeSubset(both, 'v2')).toEqual(rule);
    expect(removeSubset(rule, 'v2')).toBe(rule);
    expect(removeSubset(rule, 'v1').spec).toEqual({ host: 'payment' });
  });

  it('keep their policy when their labels change', () => {
    const policy = { outlierDetection: {} };
    const object: MeshObject = {
      ...rule,
      spec: { host: 'payment', subsets: [{ ...v2, trafficPolicy: policy }] },
    };
    expect(
      ensureSubset(object, { name: 'v2', labels: { version: 'v3' } }).spec,
    ).toEqual({
      host: 'payment',
      subsets: [
        { name: 'v2', labels: { version: 'v3' }, trafficPolicy: policy },
      ],
    });
  });

  it('are refused with names and labels that select nothing', () => {
    expect(() => ensureSubset(rule, { ...v2, name: 'V2!' })).toThrow(
      /^subset.name/,
    );
    expect(() => ensureSubset(rule, { ...v2, labels: {} })).toThrow(
      /^subset.labels/,
    );
  });
});
