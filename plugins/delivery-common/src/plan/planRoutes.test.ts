import {
  readWeights,
  type MeshObject,
} from '@orrery/backstage-plugin-mesh-common';
import {
  planRoutes,
  type GatewayPlanContext,
  type IstioPlanContext,
  type RouteTarget,
} from '.';

const context: IstioPlanContext = {
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
const where = { namespace: 'wealth', workload: 'quote', context };
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

describe('planRoutes on an HTTPRoute', () => {
  const { subsets, virtualService, destinationRule, ...common } = context;
  const rule = {
    timeouts: { request: '2s' },
    backendRefs: [
      { group: '', kind: 'Service', name: 'quote', port: 80, weight: 1 },
    ],
  };
  const httpRoute = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'quotes', namespace: 'wealth' },
    spec: {
      parentRefs: [{ group: '', kind: 'Service', name: 'quote', port: 80 }],
      rules: [rule],
    },
  };
  const gatewayContext: GatewayPlanContext = {
    ...common,
    httpRoute: {
      name: 'quotes',
      originalRules: [{ ordinal: 0, backendRefs: rule.backendRefs }],
      original: httpRoute,
    },
    services: {
      stable: {
        name: 'quote-stable',
        selector: { app: 'quote', version: 'v1' },
      },
      canary: {
        name: 'quote-canary',
        selector: { app: 'quote', version: '2' },
      },
    },
    ports: [{ name: 'http', port: 80 }],
  };
  const place = { ...where, context: gatewayContext };
  const before = {
    httpRoute,
    stableService: undefined,
    canaryService: undefined,
  };

  it('makes a Service for each version, changes rules, and takes it all back', () => {
    const first = planRoutes(before, place, routes({}));
    expect(first.stableService).toMatchObject({
      metadata: {
        name: 'quote-stable',
        labels: { 'orrery.dev/canary-of': 'quote' },
      },
      spec: {
        selector: { app: 'quote', version: 'v1' },
        ports: [{ name: 'http', port: 80 }],
      },
    });
    const second = planRoutes(
      first,
      place,
      routes({
        weight: 25,
        mirrorPercent: 10,
        headers: { 'X-Canary': { exact: 'always' } },
      }),
    );
    expect(readWeights(second.httpRoute as MeshObject, 'quote')).toEqual([
      { subset: 'quote-stable', weight: 75 },
      { subset: 'quote-canary', weight: 25 },
    ]);
    const text = JSON.stringify(second.httpRoute);
    expect(text).toContain('"name":"x-canary","value":"always"');
    expect(text).toContain('"percent":10');
    expect(planRoutes(second, place, routes({}))).toEqual(first);
    expect(planRoutes(second, place, 'original')).toEqual(before);
  });

  it('makes anew what someone deleted, and leaves it deleted at the end', () => {
    const gone = { ...before, httpRoute: undefined };
    expect(planRoutes(gone, place, routes({ weight: 5 })).httpRoute).toEqual(
      planRoutes(before, place, routes({ weight: 5 })).httpRoute,
    );
    expect(planRoutes(gone, place, 'original')).toEqual(gone);
  });

  it('leaves Services of others as they are, and puts its own right', () => {
    const first = planRoutes(before, place, routes({}));
    const foreign: MeshObject = {
      metadata: { name: 'quote-stable', namespace: 'wealth' },
      spec: { selector: { version: 'v1' } },
    };
    const bent = {
      ...first.canaryService,
      metadata: { ...first.canaryService?.metadata, name: 'quote-canary' },
      spec: { selector: { app: 'other' }, clusterIP: '10.0.0.7' },
    };
    const live = { ...first, stableService: foreign, canaryService: bent };
    const after = planRoutes(live, place, routes({}));
    expect(after.stableService).toBe(foreign);
    expect(after.canaryService?.spec).toEqual({
      selector: { app: 'quote', version: '2' },
      clusterIP: '10.0.0.7',
    });
    expect(planRoutes(live, place, 'original')).toEqual({
      ...before,
      stableService: foreign,
    });
  });
});
