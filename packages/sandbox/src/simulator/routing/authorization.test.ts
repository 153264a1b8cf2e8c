import { startWorld } from '../testing';
import { patternMatches } from './authorization';

const REQUESTS = 'istio_requests_total';

function policy(name: string, spec: Record<string, unknown>) {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace: 'wealth' },
    spec,
  };
}

/** Requests to order in half a minute: all, and those denied. */
async function toOrder(spec: Record<string, unknown>) {
  const { store, increase } = startWorld();
  store.put(
    'authorizationpolicies.security.istio.io',
    policy('order', { selector: { matchLabels: { app: 'order' } }, ...spec }),
  );
  const flow = { destination_workload: 'order', reporter: 'destination' };
  const [all, denied] = await increase(30, REQUESTS, flow, {
    ...flow,
    response_code: '403',
    response_flags: '-',
  });
  return denied / all;
}

describe('AuthorizationPolicy', () => {
  it.each([
    ['/api/*', '/api/admin', true],
    ['*/admin', '/api/admin', true],
    ['/api', '/api/admin', false],
    ['*', '/', true],
  ])('%s covers %s: %s', (pattern, value, expected) => {
    expect(patternMatches(pattern, value)).toBe(expected);
  });

  it('denies by method, in proportion', async () => {
    const rules = [{ to: [{ operation: { methods: ['GET'] } }] }];
    expect(await toOrder({ action: 'DENY', rules })).toBeCloseTo(0.35, 2);
  });

  it('lets through what it allows by identity, and nothing else', async () => {
    const from = (...principals: string[]) => [
      { from: [{ source: { principals } }] },
    ];
    const allow = (rules: unknown) => toOrder({ action: 'ALLOW', rules });
    expect(await allow(from('cluster.local/ns/wealth/sa/portal-bff'))).toBe(0);
    expect(await allow(from('cluster.local/ns/loan/sa/*'))).toBe(1);
    expect(await allow([])).toBe(1);
  });

  it('keeps the administration of the portal to itself', async () => {
    const { increase } = startWorld();
    const edge = { source_workload: 'istio-ingressgateway' };
    const [atSource, atDestination, all] = await increase(
      300,
      REQUESTS,
      { ...edge, reporter: 'source', response_code: '403' },
      {
        ...edge,
        reporter: 'destination',
        destination_workload: 'portal-bff',
        response_code: '403',
      },
      { ...edge, reporter: 'source', destination_workload: 'portal-bff' },
    );
    expect(atSource).toBeGreaterThan(5);
    expect(atDestination).toBe(atSource);
    expect(atSource / all).toBeLessThan(0.001);
  });
});
