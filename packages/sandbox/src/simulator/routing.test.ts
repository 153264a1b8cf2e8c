import { routePayment, setReady, setSpec, startWorld } from './testing';

const REQUESTS = 'istio_requests_total';
const bySource = { reporter: 'source', source_workload: 'order' };
const byDestination = {
  reporter: 'destination',
  destination_service_name: 'payment',
};
const v1 = { destination_workload: 'payment-v1' };
const v2 = { destination_workload: 'payment-v2' };

describe('routing in the simulated mesh', () => {
  it('honours the weights of a VirtualService, and new ones at once', async () => {
    const { store, increase } = startWorld();
    const share = async () => {
      const [first, second] = await increase(
        60,
        REQUESTS,
        { ...bySource, ...v1 },
        { ...bySource, ...v2 },
      );
      return second / (first + second);
    };
    expect(await share()).toBeCloseTo(0.2, 2);
    routePayment(store, {}, 35);
    expect(await share()).toBeCloseTo(0.65, 2);
  });

  it('sends matching requests elsewhere', async () => {
    const { store, increase } = startWorld();
    setSpec(store, 'virtualservices.networking.istio.io', 'wealth', 'payment', {
      hosts: ['payment'],
      http: [
        {
          match: [{ headers: { 'x-user-group': { exact: 'beta' } } }],
          route: [{ destination: { host: 'payment', subset: 'v2' } }],
        },
        { route: [{ destination: { host: 'payment', subset: 'v1' } }] },
      ],
    });
    const [first, second] = await increase(
      120,
      REQUESTS,
      { ...bySource, ...v1 },
      { ...bySource, ...v2 },
    );
    // The world declares that 5 % of payments carry that header.
    expect(second / (first + second)).toBeCloseTo(0.05, 2);
  });

  it('multiplies the load of a failing version with retries', async () => {
    const { store, increase } = startWorld();
    routePayment(store, {
      retries: { attempts: 3, retryOn: '5xx', perTryTimeout: '2s' },
    });
    const [asked, arrived, failed] = await increase(
      120,
      REQUESTS,
      { ...bySource, ...v2 },
      { ...byDestination, ...v2 },
      { ...bySource, ...v2, response_flags: 'URX' },
    );
    expect(arrived / asked).toBeGreaterThan(1.1);
    expect(failed / asked).toBeLessThan(0.002);
  });

  it('injects faults at the caller only', async () => {
    const { store, sink, increase } = startWorld();
    routePayment(store, {
      fault: {
        abort: { percentage: { value: 30 }, httpStatus: 555 },
        delay: { percentage: { value: 50 }, fixedDelay: '2s' },
      },
    });
    const [all, aborted, delayed, arrived] = await increase(
      60,
      REQUESTS,
      bySource,
      { ...bySource, response_code: '555', response_flags: 'FI' },
      { ...bySource, response_flags: 'DI', response_code: '200' },
      byDestination,
    );
    expect(aborted / all).toBeCloseTo(0.3, 1);
    expect(delayed / all).toBeCloseTo(0.5 * 0.7, 1);
    expect(arrived / all).toBeCloseTo(0.7, 1);
    expect(
      sink.total(REQUESTS, { ...byDestination, response_code: '555' }),
    ).toBe(0);
  });

  it('gives up after a timeout, and the callee sees its caller hang up', async () => {
    const { store, increase } = startWorld();
    routePayment(store, { timeout: '0.1s' });
    const [all, late, hungUp] = await increase(
      60,
      REQUESTS,
      bySource,
      { ...bySource, response_code: '504', response_flags: 'UT' },
      { ...byDestination, response_code: '0', response_flags: 'DC' },
    );
    expect(late / all).toBeGreaterThan(0.2);
    expect(hungUp / late).toBeCloseTo(1, 1);
  });

  it('mirrors to a version that the caller never hears of', async () => {
    const { store, increase } = startWorld();
    routePayment(
      store,
      {
        mirror: { host: 'payment', subset: 'v2' },
        mirrorPercentage: { value: 50 },
      },
      100,
    );
    const [first, atCaller, atCallee] = await increase(
      60,
      REQUESTS,
      { ...bySource, ...v1 },
      { ...bySource, ...v2 },
      { ...byDestination, ...v2 },
    );
    expect(atCaller).toBe(0);
    expect(atCallee / first).toBeCloseTo(0.5, 1);
  });

  it('answers 503 UH when a subset has no ready pods, and NC when nobody defined it', async () => {
    const { store, increase } = startWorld();
    setReady(store, 'payment-v2', false);
    const [all, unhealthy] = await increase(60, REQUESTS, bySource, {
      ...bySource,
      response_flags: 'UH',
      destination_workload: 'unknown',
      destination_service: 'payment.wealth.svc.cluster.local',
    });
    expect(unhealthy / all).toBeCloseTo(0.2, 1);
    routePayment(store, {
      route: [{ destination: { host: 'payment', subset: 'v9' } }],
    });
    const [missing] = await increase(60, REQUESTS, {
      ...bySource,
      response_flags: 'NC',
    });
    expect(missing).toBeGreaterThan(100);
  });

  it('ejects endpoints that always fail', async () => {
    const { store, effects, run, increase } = startWorld();
    routePayment(store, { route: [{ destination: { host: 'payment' } }] });
    effects.setBehaviour('wealth/payment@v2', {
      errors: [{ code: 503, share: 1, message: '' }],
    });
    setSpec(
      store,
      'destinationrules.networking.istio.io',
      'wealth',
      'payment',
      {
        host: 'payment',
      },
    );
    const failing = { ...bySource, ...v2, response_code: '503' };
    const [before] = await increase(60, REQUESTS, failing);
    setSpec(
      store,
      'destinationrules.networking.istio.io',
      'wealth',
      'payment',
      {
        host: 'payment',
        trafficPolicy: {
          outlierDetection: {
            consecutive5xxErrors: 3,
            baseEjectionTime: '60s',
          },
        },
      },
    );
    await run(60);
    const [after] = await increase(60, REQUESTS, failing);
    expect(after).toBeLessThan(before / 3);
  });

  it('refuses plain text where mutual TLS is strict', async () => {
    const { store, increase } = startWorld();
    const plain = { ...byDestination, reporter: 'destination' };
    setSpec(
      store,
      'destinationrules.networking.istio.io',
      'wealth',
      'payment',
      {
        host: 'payment',
        trafficPolicy: { tls: { mode: 'DISABLE' } },
        subsets: [
          { name: 'v1', labels: { version: 'v1' } },
          { name: 'v2', labels: { version: 'v2' } },
        ],
      },
    );
    const [arrived, secured] = await increase(30, REQUESTS, plain, {
      ...plain,
      connection_security_policy: 'mutual_tls',
    });
    expect(arrived).toBeGreaterThan(100);
    expect(secured).toBe(0);
    store.put('peerauthentications.security.istio.io', {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace: 'wealth' },
      spec: { mtls: { mode: 'STRICT' } },
    });
    const [refused] = await increase(30, REQUESTS, plain);
    expect(refused).toBe(0);
  });
});
