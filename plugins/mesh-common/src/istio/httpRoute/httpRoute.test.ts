import fc from 'fast-check';
import {
  addHeaderRule,
  clearMirrorFilter,
  findHttpRoutesTo,
  keepBackends,
  removeHeaderRule,
  restoreBackends,
  setBackendWeights,
  setMirrorFilter,
} from '.';
import { newHttpRoute, type MeshObject } from '../edit';
import { readWeights } from '../readWeights';

const PARENT = { group: '', kind: 'Service', name: 'payment', port: 80 };

function httpRoute(rules: object[], parents: object[] = [PARENT]): MeshObject {
  return {
    metadata: { name: 'payment', namespace: 'wealth' },
    spec: { parentRefs: parents, rules },
  };
}

const rulesOf = (object: MeshObject) =>
  Reflect.get(Object(object.spec), 'rules');
const backend = (name: string, weight?: number) => ({
  name,
  port: 80,
  ...(weight !== undefined && { weight }),
});
/** As an API server gives it back. */
const defaulted = { group: '', kind: 'Service', ...backend('payment-v2') };
const weights = (canary: number) => [
  { service: 'payment-v1', weight: 100 - canary },
  { service: 'payment-v2', weight: canary },
];

describe('setBackendWeights', () => {
  it('shares a mesh route’s rules and keeps the rest', () => {
    const beta = {
      matches: [{ headers: [{ name: 'x-beta', value: 'yes' }] }],
      backendRefs: [backend('payment-v2')],
    };
    const rest = {
      timeouts: { request: '2s' },
      backendRefs: [backend('payment')],
    };
    const after = setBackendWeights(httpRoute([beta, rest]), {
      host: 'payment',
      weights: weights(10),
    });
    expect(rulesOf(after)).toEqual([
      beta,
      {
        ...rest,
        backendRefs: [backend('payment-v1', 90), backend('payment-v2', 10)],
      },
    ]);
    expect(readWeights(after, 'payment')).toEqual([
      { subset: 'payment-v1', weight: 90 },
      { subset: 'payment-v2', weight: 10 },
    ]);
  });

  it('finds the rules of a gateway’s route by where they lead', () => {
    const gateway = [{ kind: 'Gateway', name: 'edge' }];
    const order = { backendRefs: [backend('order')] };
    const before = httpRoute(
      [order, { backendRefs: [backend('payment')] }],
      gateway,
    );
    const after = setBackendWeights(before, {
      host: 'payment',
      weights: weights(100),
    });
    expect(rulesOf(after)[0]).toEqual(order);
    expect(rulesOf(after)[1].backendRefs).toHaveLength(2);
    expect(() =>
      setBackendWeights(httpRoute([order], gateway), {
        host: 'payment',
        weights: weights(1),
      }),
    ).toThrow(/^spec.rules: expected a rule for everyone/);
    expect(readWeights(httpRoute([order], gateway), 'payment')).toBeUndefined();
  });

  it('reads back what it wrote, once, from any weights', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.jsonValue(), (canary, rest) => {
        const before = httpRoute([{ rest, backendRefs: [backend('payment')] }]);
        const change = { host: 'payment', weights: weights(canary) };
        const after = setBackendWeights(before, change);
        expect(readWeights(after, 'payment')).toEqual(
          weights(canary).map(({ service, weight }) => ({
            subset: service,
            weight,
          })),
        );
        expect(setBackendWeights(after, change)).toEqual(after);
        expect(rulesOf(after)[0].rest).toEqual(rest);
      }),
    );
  });

  it('counts a backend without a weight as 1', () => {
    const route = httpRoute([{ backendRefs: [backend('a'), backend('b', 3)] }]);
    expect(readWeights(route, 'payment')).toEqual([
      { subset: 'a', weight: 25 },
      { subset: 'b', weight: 75 },
    ]);
    expect(
      readWeights(
        newHttpRoute({
          name: 'payment',
          namespace: 'wealth',
          service: 'payment',
          port: 80,
          weights: weights(7),
        }),
        'payment',
      )?.map(({ weight }) => weight),
    ).toEqual([93, 7]);
  });
});

describe('rules and filters of a canary', () => {
  const mirror = {
    type: 'RequestMirror',
    requestMirror: { backendRef: { name: 'shadow', port: 80 } },
  };
  const before = httpRoute([
    { backendRefs: [backend('payment-v1')], filters: [mirror] },
    {
      matches: [{ path: { type: 'PathPrefix', value: '/a' } }],
      backendRefs: [backend('payment-v1')],
    },
  ]);

  it('send chosen requests to the canary, and end it', () => {
    const change = {
      host: 'payment',
      service: 'payment-v2',
      headers: [
        { name: 'x-canary', type: 'exact' as const, value: '1' },
        { name: 'x-user', type: 'prefix' as const, value: 'a.b' },
      ],
    };
    const after = addHeaderRule(before, change);
    const headers = [
      { type: 'Exact', name: 'x-canary', value: '1' },
      { type: 'RegularExpression', name: 'x-user', value: 'a\\.b.*' },
    ];
    expect(rulesOf(after)).toEqual([
      { matches: [{ headers }], backendRefs: [{ ...defaulted, weight: 1 }] },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/a' }, headers }],
        backendRefs: [{ ...defaulted, weight: 1 }],
      },
      ...rulesOf(before),
    ]);
    expect(addHeaderRule(after, change)).toEqual(after);
    expect(removeHeaderRule(after, 'payment-v2')).toEqual(before);
  });

  it('copy requests to the canary, and end it', () => {
    const after = setMirrorFilter(before, {
      host: 'payment',
      service: 'payment-v2',
      percentage: 20,
    });
    const ours = {
      type: 'RequestMirror',
      requestMirror: { backendRef: defaulted, percent: 20 },
    };
    expect(
      rulesOf(after).map(({ filters }: { filters: unknown }) => filters),
    ).toEqual([[mirror, ours], [ours]]);
    expect(clearMirrorFilter(after, 'payment-v2')).toEqual(before);
    expect(clearMirrorFilter(before, 'payment-v2')).toBe(before);
  });
});

describe('what a canary begins with', () => {
  const gateway = [{ kind: 'Gateway', name: 'edge' }];
  const other = { backendRefs: [backend('order')] };
  const plain = { backendRefs: [backend('payment')] };

  it('finds the routes to a Service, the mesh’s own first', () => {
    const edge = httpRoute([other, plain], gateway);
    const own = httpRoute([{ backendRefs: [backend('payment-v1')] }]);
    const far = httpRoute([other], gateway);
    expect(findHttpRoutesTo([edge, far, own], 'payment', 'wealth')).toEqual([
      { httpRoute: own, isOwn: true, rules: [] },
      { httpRoute: edge, isOwn: false, rules: [1] },
    ]);
    expect(findHttpRoutesTo([edge, own], 'payment', 'loan')).toEqual([]);
  });

  it('puts backends back to the letter, and only them', () => {
    const before = httpRoute([
      { name: 'a', backendRefs: [{ ...backend('payment'), odd: true }] },
      plain,
      plain,
    ]);
    const kept = keepBackends(before, 'payment');
    const during = setBackendWeights(before, {
      host: 'payment',
      weights: weights(30),
    });
    const versions = ['payment-v1', 'payment-v2'];
    expect(restoreBackends(during, kept, versions)).toEqual(before);
    rulesOf(during)[1].timeouts = { request: '1s' };
    expect(rulesOf(restoreBackends(during, kept, versions))[1]).toEqual({
      ...plain,
      timeouts: { request: '1s' },
    });
  });

  it('puts back rules that were rewritten meanwhile, by what they lead to', () => {
    const before = httpRoute([plain, { ...plain, name: 'b' }]);
    const kept = keepBackends(before, 'payment');
    const during = setBackendWeights(before, {
      host: 'payment',
      weights: weights(30),
    });
    const [first, second] = rulesOf(during);
    const rewritten = httpRoute([
      { ...first, matches: [{ path: { type: 'PathPrefix', value: '/a' } }] },
      { ...second, name: 'renamed' },
      other,
    ]);
    expect(
      rulesOf(restoreBackends(rewritten, kept, ['payment-v2'])).map(
        (rule: object) => Reflect.get(rule, 'backendRefs'),
      ),
    ).toEqual([plain.backendRefs, plain.backendRefs, other.backendRefs]);
    const removed = httpRoute([other]);
    expect(restoreBackends(removed, kept, ['payment-v2'])).toBe(removed);
  });
});
