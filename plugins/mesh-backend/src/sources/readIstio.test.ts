import { readIstioObject, readPeerAuthentication } from './readIstio';

const metadata = { name: 'bank', namespace: 'wealth' };

describe('readIstioObject', () => {
  it.each([
    [
      'ServiceEntry',
      { hosts: ['bank', '*.bank.example'] },
      ['bank', '*.bank.example'],
    ],
    ['DestinationRule', { host: 'bank' }, ['bank']],
    [
      'Gateway',
      { servers: [{ hosts: ['a'] }, {}, { hosts: ['ns/b'] }] },
      ['a', 'b'],
    ],
    [
      'VirtualService',
      {
        hosts: ['shop.example'],
        http: [{ route: [{ destination: { host: 'web' } }, {}] }],
      },
      ['shop.example', 'web'],
    ],
    [
      'HTTPRoute',
      { parentRefs: [{ kind: 'Service', name: 'web' }, { name: 'gate' }] },
      ['web'],
    ],
    [
      'AuthorizationPolicy',
      { targetRefs: [{ kind: 'Service', name: 'web' }] },
      ['web'],
    ],
    ['VirtualService', undefined, []],
    ['VirtualService', { hosts: 'bank' }, []],
  ])('reads the hosts of a %s %j', (kind, spec, hosts) => {
    expect(readIstioObject(kind, { metadata, spec }).hosts).toEqual(hosts);
  });

  it.each([
    [
      'Gateway',
      { selector: { istio: 'ingressgateway' } },
      { istio: 'ingressgateway' },
    ],
    [
      'AuthorizationPolicy',
      { selector: { matchLabels: { app: 'order' } } },
      { app: 'order' },
    ],
    [
      'EnvoyFilter',
      { workloadSelector: { labels: { app: 'order' } } },
      { app: 'order' },
    ],
    ['WorkloadEntry', { labels: { app: 'order' } }, { app: 'order' }],
    ['AuthorizationPolicy', { selector: {} }, undefined],
    ['AuthorizationPolicy', {}, undefined],
  ])('reads the selector of a %s %j', (kind, spec, selector) => {
    expect(readIstioObject(kind, { metadata, spec }).selector).toEqual(
      selector,
    );
  });

  it('tells what applies to pods from what is for a waypoint or a host', () => {
    const applies = (kind: string, spec: object = {}) =>
      readIstioObject(kind, { metadata, spec }).appliesToPods;
    expect(applies('AuthorizationPolicy')).toBe(true);
    expect(
      applies('AuthorizationPolicy', { targetRefs: [{ name: 'web' }] }),
    ).toBeUndefined();
    expect(applies('VirtualService')).toBeUndefined();
  });
});

describe('readPeerAuthentication', () => {
  it.each([
    ['STRICT', 'strict'],
    ['PERMISSIVE', 'permissive'],
    ['DISABLE', 'disabled'],
    ['UNSET', undefined],
    [undefined, undefined],
  ])('reads the mode %s', (mode, expected) => {
    expect(
      readPeerAuthentication({
        metadata,
        spec: { mtls: { mode }, selector: { matchLabels: { app: 'a' } } },
      }),
    ).toEqual({
      name: 'bank',
      namespace: 'wealth',
      selector: { app: 'a' },
      mode: expected,
    });
  });

  it('says nothing of what it cannot read', () => {
    expect(readPeerAuthentication({ metadata, spec: 'STRICT' }).mode).toBe(
      undefined,
    );
  });
});
