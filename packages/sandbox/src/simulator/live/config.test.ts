import type { KubernetesObject } from '../../kubernetes/store';
import { ConfigIndex, hostMatches, qualify } from './config';

const VIRTUAL_SERVICES = 'virtualservices.networking.istio.io';

function virtualService(
  name: string,
  hosts: string[],
  creationTimestamp = '2026-01-01T00:00:00Z',
): KubernetesObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'wealth', creationTimestamp },
    spec: { hosts },
  };
}

describe('hosts', () => {
  it.each([
    ['payment', 'payment.wealth.svc.cluster.local'],
    ['payment.loan.svc.cluster.local', 'payment.loan.svc.cluster.local'],
    // Istio takes every name with a dot for a complete one.
    ['payment.loan', 'payment.loan'],
    ['bank.example', 'bank.example'],
    ['*', '*'],
  ])('%s in namespace wealth is %s', (host, expected) => {
    expect(qualify(host, 'wealth')).toBe(expected);
  });

  it.each([
    ['*', 'a.b', true],
    ['*.kepler.example', 'portal.kepler.example', true],
    ['*.kepler.example', 'kepler.example', false],
    ['a.b', 'a.b', true],
  ])('%s covers %s: %s', (pattern, host, expected) => {
    expect(hostMatches(pattern, host)).toBe(expected);
  });
});

describe('ConfigIndex', () => {
  function index(...objects: KubernetesObject[]) {
    const config = new ConfigIndex();
    for (const object of objects) {
      config.apply({ type: 'ADDED', resource: VIRTUAL_SERVICES, object });
    }
    return config;
  }
  const names = (config: ConfigIndex, host: string) =>
    config.forHost(VIRTUAL_SERVICES, host).map(({ metadata }) => metadata.name);

  it('finds what claims a host, the oldest first, wildcards last', () => {
    const config = index(
      virtualService('wide', ['*.svc.cluster.local'], '2020-01-01T00:00:00Z'),
      virtualService('young', ['payment'], '2026-03-01T00:00:00Z'),
      virtualService('old', ['payment'], '2026-02-01T00:00:00Z'),
      virtualService('other', ['order']),
    );
    expect(names(config, 'payment.wealth.svc.cluster.local')).toEqual([
      'old',
      'young',
      'wide',
    ]);
  });

  it('forgets what is deleted and notes changes of content alone', () => {
    const object = virtualService('payment', ['payment']);
    const config = index(object);
    const { revision } = config;
    config.apply({
      type: 'MODIFIED',
      resource: VIRTUAL_SERVICES,
      object: { ...object, status: { validated: true } },
      previous: object,
    });
    expect(config.revision).toBe(revision);
    config.apply({ type: 'DELETED', resource: VIRTUAL_SERVICES, object });
    expect(config.revision).toBeGreaterThan(revision);
    expect(names(config, 'payment.wealth.svc.cluster.local')).toEqual([]);
  });

  it('does not care for other resources', () => {
    const config = new ConfigIndex();
    config.apply({
      type: 'ADDED',
      resource: 'events',
      object: virtualService('x', []),
    });
    expect(config.revision).toBe(0);
  });
});
