import { effectsOf } from '.';

const names = (kind: string, spec: unknown, host: string) =>
  effectsOf(kind, spec)
    .filter(effect => effect.host === host)
    .map(({ name, summary }) => (summary ? `${name}: ${summary}` : name));

describe('effectsOf a VirtualService', () => {
  it('says what each route does, to its host and to where it leads', () => {
    const spec = {
      hosts: ['payment'],
      http: [
        {
          match: [{ headers: { 'x-beta': { exact: 'yes' } } }],
          route: [{ destination: { host: 'payment', subset: 'v2' } }],
        },
        {
          fault: {
            delay: { fixedDelay: '2s', percentage: { value: 5 } },
            abort: { httpStatus: 503 },
          },
          timeout: '3s',
          retries: { attempts: 2 },
          mirror: { host: 'shadow' },
          mirrorPercentage: { value: 10 },
          route: [
            { destination: { host: 'payment', subset: 'v1' }, weight: 90 },
            { destination: { host: 'payment', subset: 'v2' }, weight: 10 },
          ],
        },
      ],
    };
    expect(names('VirtualService', spec, 'payment')).toEqual([
      'virtual-service',
      'request-routing',
      'traffic-shifting: 90 % to v1, 10 % to v2',
      'fault-injection: delays 5 % by 2s',
      'fault-injection: aborts 100 % with 503',
      'mirroring: 10 % to shadow',
      'request-timeout: after 3s',
      'retries: 2 attempts',
    ]);
  });

  it('reaches the services behind a gateway’s host', () => {
    const spec = {
      hosts: ['shop.example'],
      gateways: ['shop'],
      http: [{ route: [{ destination: { host: 'web' } }] }],
    };
    expect(names('VirtualService', spec, 'web')).toEqual(['virtual-service']);
  });

  it('tells shifting of TCP, and that one destination shifts nothing', () => {
    const route = ['v1', 'v2'].map(subset => ({
      destination: { host: 'mysql', subset },
      weight: 50,
    }));
    expect(
      names('VirtualService', { hosts: ['mysql'], tcp: [{ route }] }, 'mysql'),
    ).toEqual([
      'virtual-service',
      'tcp-traffic-shifting: 50 % to v1, 50 % to v2',
    ]);
    expect(
      names(
        'VirtualService',
        {
          hosts: ['mysql'],
          tcp: [{ route: route.slice(0, 1) }],
          http: [{ timeout: '0s', retries: { attempts: 0 }, mirrors: [] }],
        },
        'mysql',
      ),
    ).toEqual(['virtual-service']);
  });

  it.each([undefined, null, 7, { hosts: 'payment' }, { http: [{ match: 1 }] }])(
    'has none that could be told of %j',
    spec => {
      expect(effectsOf('VirtualService', spec)).toEqual([]);
    },
  );
});

describe('effectsOf a DestinationRule', () => {
  it('finds circuit breakers of all subsets and of some', () => {
    const spec = {
      host: 'payment',
      trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } },
      subsets: [
        { name: 'v1' },
        { name: 'v2', trafficPolicy: { outlierDetection: {} } },
      ],
    };
    expect(names('DestinationRule', spec, 'payment')).toEqual([
      'circuit-breaker: all subsets',
      'circuit-breaker: subset v2',
    ]);
    expect(effectsOf('DestinationRule', { host: 'payment' })).toEqual([]);
    expect(effectsOf('DestinationRule', { trafficPolicy: {} })).toEqual([]);
    expect(effectsOf('Gateway', spec)).toEqual([]);
  });
});
