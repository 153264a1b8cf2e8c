import {
  readWeights,
  type MeshObject,
} from '@orrery/backstage-plugin-mesh-common';
import { planRoutes, type PlanContext, type RouteTarget } from '.';

const context: PlanContext = {
  app: 'quote',
  service: 'quote',
  container: 'quote',
  oldImage: 'r/quote:1',
  canaryWorkload: 'quote-canary',
  stableLabels: { version: 'v1' },
  canaryLabels: { version: '2' },
  subsets: { stable: 'stable', canary: 'canary' },
  virtualService: { name: 'quote' },
  destinationRule: { name: 'quote', isMade: true, madeSubsets: ['stable'] },
};
const where = { namespace: 'wealth', context };
const NOTHING = { virtualService: undefined, destinationRule: undefined };
const routes = (more: object): RouteTarget => ({
  weight: 0,
  headers: {},
  mirrorPercent: 0,
  ...more,
});

describe('planRoutes', () => {
  it('makes what is not there, changes it step by step, and takes it away again', () => {
    const first = planRoutes(NOTHING, where, routes({}));
    expect(first.destinationRule?.spec).toEqual({
      host: 'quote',
      subsets: [
        { name: 'stable', labels: { version: 'v1' } },
        { name: 'canary', labels: { version: '2' } },
      ],
    });
    const second = planRoutes(
      first,
      where,
      routes({
        weight: 25,
        mirrorPercent: 10,
        headers: { 'X-Canary': { exact: 'always' } },
      }),
    );
    expect(readWeights(second.virtualService as MeshObject, 'quote')).toEqual([
      { subset: 'stable', weight: 75 },
      { subset: 'canary', weight: 25 },
    ]);
    expect(JSON.stringify(second.virtualService)).toContain(
      '"headers":{"x-canary":{"exact":"always"}}',
    );
    expect(planRoutes(second, where, routes({}))).toEqual(first);
    expect(planRoutes(second, where, 'original')).toEqual(NOTHING);
  });

  it('puts destinations back to the letter and leaves what others wrote meanwhile', () => {
    const virtualService: MeshObject = {
      metadata: { name: 'quotes', namespace: 'wealth' },
      spec: {
        hosts: ['quote'],
        http: [{ timeout: '2s', route: [{ destination: { host: 'quote' } }] }],
      },
    };
    const destinationRule: MeshObject = {
      metadata: { name: 'quote', namespace: 'wealth' },
      spec: { host: 'quote', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
    };
    const kept = {
      ...where,
      context: {
        ...context,
        virtualService: {
          name: 'quotes',
          originalRoutes: [
            { ordinal: 0, route: [{ destination: { host: 'quote' } }] },
          ],
        },
        destinationRule: {
          name: 'quote',
          isMade: false,
          madeSubsets: ['stable'],
        },
      },
    };
    const live = { virtualService, destinationRule };
    const half = planRoutes(live, kept, routes({ weight: 50 }));
    const edited = structuredClone(half);
    Object.assign(Object(edited.virtualService?.spec).http[0], {
      retries: { attempts: 1 },
    });
    const after = planRoutes(edited, kept, 'original');
    expect(after.virtualService?.spec).toEqual({
      hosts: ['quote'],
      http: [
        {
          timeout: '2s',
          retries: { attempts: 1 },
          route: [{ destination: { host: 'quote' } }],
        },
      ],
    });
    expect(after.destinationRule).toEqual(destinationRule);
  });
});
