import fc from 'fast-check';
import {
  addHeaderRoute,
  clearMirror,
  ensureSubset,
  keepDestinations,
  removeHeaderRoute,
  removeSubset,
  restoreDestinations,
  setMirror,
  setWeights,
  type MeshObject,
  type SubsetWeight,
} from '.';
import { readWeights } from '../readWeights';

const SUBSETS = ['v1', 'v2', 'v3'];

const host = fc.constantFrom('payment', 'payment.wealth', 'order');
const destination = fc.record(
  {
    host,
    subset: fc.constantFrom(...SUBSETS),
    port: fc.constant({ number: 80 }),
  },
  { requiredKeys: ['host'] },
);
const entry = fc.record(
  {
    destination,
    weight: fc.nat({ max: 100 }),
    headers: fc.constant({ response: { set: { a: 'b' } } }),
  },
  { requiredKeys: ['destination'] },
);
const match = fc.record(
  {
    uri: fc.record({ prefix: fc.constantFrom('/', '/a', '/b') }),
    headers: fc.constant({ 'x-beta': { exact: 'yes' } }),
  },
  { requiredKeys: [] },
);
const route = fc.record(
  {
    name: fc.constantFrom('first', 'second'),
    match: fc.array(match, { maxLength: 2 }),
    route: fc.array(entry, { maxLength: 3 }),
    timeout: fc.constant('2s'),
    mirror: fc.constant({ host: 'shadow' }),
    unknownField: fc.jsonValue(),
  },
  { requiredKeys: ['route'] },
);

/** Any VirtualService that has a route for everyone to `payment`. */
const virtualService = fc
  .record({
    before: fc.array(route, { maxLength: 3 }),
    main: fc.record(
      {
        route: fc.array(
          fc
            .constantFrom(...SUBSETS)
            .map(subset => ({ destination: { host: 'payment', subset } })),
          { minLength: 1, maxLength: 2 },
        ),
        retries: fc.constant({ attempts: 1 }),
      },
      { requiredKeys: ['route'] },
    ),
    rest: fc.jsonValue(),
  })
  .map(
    ({ before, main, rest }): MeshObject => ({
      metadata: { name: 'payment', namespace: 'wealth', rest },
      spec: { hosts: ['payment'], rest, http: [...before, main] },
      rest,
    }),
  );

const weights = fc
  .tuple(fc.nat({ max: 100 }), fc.shuffledSubarray(SUBSETS, { minLength: 2 }))
  .map(([first, [one, two]]): SubsetWeight[] => [
    { subset: one, weight: first },
    { subset: two, weight: 100 - first },
  ]);

const bySubset = (list: readonly SubsetWeight[] | undefined) =>
  new Map(list?.map(({ subset, weight }) => [subset, weight]));

type Http = { route?: unknown; match?: unknown };
const httpOf = (object: MeshObject): Http[] =>
  Reflect.get(Object(object.spec), 'http');

describe('edits of any VirtualService', () => {
  it('keep everything that is not a weighted destination', () => {
    fc.assert(
      fc.property(virtualService, weights, (before, list) => {
        const input = structuredClone(before);
        const after = setWeights(before, { host: 'payment', weights: list });
        expect(before).toEqual(input);
        const bare = (object: MeshObject) => ({
          ...object,
          spec: {
            ...Object(object.spec),
            http: httpOf(object).map(http => ({ ...http, route: undefined })),
          },
        });
        expect(bare(after)).toEqual(bare(before));
        const fields = (object: MeshObject) =>
          httpOf(object).map(http => Object.keys(http));
        expect(fields(after)).toEqual(fields(before));
      }),
    );
  });

  it('read back what was written, and write it once', () => {
    fc.assert(
      fc.property(virtualService, weights, (before, list) => {
        const change = { host: 'payment', weights: list };
        const after = setWeights(before, change);
        expect(bySubset(readWeights(after, 'payment'))).toEqual(bySubset(list));
        expect(setWeights(after, change)).toEqual(after);
      }),
    );
  });

  it('are taken back to the letter, whatever was done in between', () => {
    fc.assert(
      fc.property(
        virtualService,
        fc.array(weights, { minLength: 1, maxLength: 4 }),
        (before, steps) => {
          const kept = keepDestinations(before, 'payment');
          // A canary's subsets are its own: no route named them before.
          const ofCanary = (subset = 'all') => `canary-${subset}`;
          const isMirrored = JSON.stringify(before).includes('mirror');
          const changed = steps.reduce((object, list) => {
            const shifted = setWeights(object, {
              host: 'payment',
              weights: list.map(({ subset, weight }) => ({
                subset: ofCanary(subset),
                weight,
              })),
            });
            const chosen = addHeaderRoute(shifted, {
              host: 'payment',
              subset: 'v3',
              headers: [{ name: 'x-canary', type: 'exact', value: '1' }],
            });
            return isMirrored
              ? chosen
              : setMirror(chosen, {
                  host: 'payment',
                  subset: 'v2',
                  percentage: 50,
                });
          }, before);
          const back = restoreDestinations(
            clearMirror(removeHeaderRoute(changed), 'payment'),
            JSON.parse(JSON.stringify(kept)),
            SUBSETS.map(subset => ofCanary(subset)),
          );
          expect(JSON.parse(JSON.stringify(back))).toEqual(
            JSON.parse(JSON.stringify(before)),
          );
        },
      ),
    );
  });

  it('add and remove subsets without a trace', () => {
    const rule = fc.record({
      subsets: fc.uniqueArray(
        fc.record({ name: fc.constantFrom('a', 'b', 'c'), x: fc.jsonValue() }),
        { selector: ({ name }) => name, minLength: 1 },
      ),
      trafficPolicy: fc.jsonValue(),
    });
    fc.assert(
      fc.property(rule, spec => {
        const before: MeshObject = { metadata: { name: 'payment' }, spec };
        const subset = { name: 'canary', labels: { version: 'v2' } };
        const after = ensureSubset(before, subset);
        expect(ensureSubset(after, subset)).toEqual(after);
        expect(removeSubset(after, 'canary')).toEqual(before);
      }),
    );
  });
});
