import {
  buildControlPlane,
  readProxyStatuses,
  type ControlPlaneInput,
  type ProxyStatus,
} from '.';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const DAY = 86_400;

function proxy(pod: string, behind: string[] = []): ProxyStatus {
  return { namespace: 'wealth', pod, version: '1.28.3', behind };
}

function build(overrides: Partial<ControlPlaneInput> = {}) {
  return buildControlPlane({
    cluster: 'kepler',
    pods: [
      {
        revision: 'default',
        version: '1.28.3',
        isReady: true,
        proxies: [proxy('order-1'), proxy('order-2')],
      },
    ],
    namespaces: new Map([['default', ['wealth']]]),
    answers: {},
    nowMilliseconds: NOW,
    seesNamespace: () => true,
    ...overrides,
  });
}

const one = (value: number, metric: Record<string, string> = {}) => [
  { metric, value },
];

describe('readProxyStatuses', () => {
  it('finds what was sent and not acknowledged', () => {
    expect(
      readProxyStatuses([
        {
          proxy: 'order-1.a.wealth',
          proxy_type: 'sidecar',
          istio_version: '1.28.3',
          cluster_sent: 'a',
          cluster_acked: 'a',
          listener_sent: 'b',
          listener_acked: 'a',
          route_sent: 'c',
          endpoint_acked: 'd',
        },
        { proxy: 'alone' },
      ]),
    ).toEqual([
      {
        namespace: 'wealth',
        pod: 'order-1.a',
        type: 'sidecar',
        version: '1.28.3',
        behind: ['LDS', 'RDS'],
      },
      {
        namespace: '',
        pod: 'alone',
        type: undefined,
        version: undefined,
        behind: [],
      },
    ]);
  });

  it.each([undefined, 'forbidden', {}, [{ name: 'x' }], [{ proxy: 1 }]])(
    'knows nothing from %j',
    answer => {
      expect(readProxyStatuses(answer)).toBeUndefined();
    },
  );
});

describe('buildControlPlane', () => {
  it('counts what each revision runs and who listens to it', () => {
    const plane = build({
      pods: [
        {
          revision: 'b',
          version: '1.29.1',
          isReady: true,
          proxies: [proxy('x')],
        },
        { revision: 'a', version: '1.28.3', isReady: true },
        {
          revision: 'a',
          version: '1.28.4',
          isReady: true,
          proxies: [proxy('y'), proxy('z', ['CDS'])],
        },
      ],
      namespaces: new Map([['a', ['wealth', 'loan']]]),
    });
    expect(plane.revisions).toEqual([
      {
        revision: 'a',
        versions: ['1.28.3', '1.28.4'],
        pods: { total: 2, ready: 2 },
        namespaces: ['loan', 'wealth'],
        proxies: { connected: 2, synced: 1 },
      },
      {
        revision: 'b',
        versions: ['1.29.1'],
        pods: { total: 1, ready: 1 },
        namespaces: [],
        proxies: { connected: 1, synced: 1 },
      },
    ]);
    expect(plane.behind).toEqual([
      {
        namespace: 'wealth',
        pod: 'z',
        version: '1.28.3',
        revision: 'a',
        kinds: ['CDS'],
      },
    ]);
    expect(plane.health).toEqual({
      state: 'degraded',
      reasons: ['1 of 2 proxies of revision a are behind'],
    });
  });

  it('shows a revision that is asked for and does not run, unless pods are unknown', () => {
    const namespaces = new Map([['stable', ['wealth']]]);
    expect(build({ namespaces }).revisions).toContainEqual({
      revision: 'stable',
      versions: [],
      pods: { total: 0, ready: 0 },
      namespaces: ['wealth'],
    });
    expect(build({ namespaces, pods: undefined }).revisions).toEqual([]);
  });

  it('names no pod of a namespace that is not seen, but counts it', () => {
    const plane = build({
      pods: [
        { revision: 'default', isReady: true, proxies: [proxy('z', ['CDS'])] },
      ],
      seesNamespace: () => false,
    });
    expect(plane.behind).toEqual([]);
    expect(plane.revisions[0].proxies).toEqual({ connected: 1, synced: 0 });
  });

  it.each([
    ['healthy', {}],
    ['unknown', { pods: undefined }],
    ['unknown', { pods: [], namespaces: new Map() }],
    ['failing', { pods: [{ revision: 'default', isReady: false }] }],
    [
      'degraded',
      {
        pods: [
          { revision: 'default', isReady: false },
          { revision: 'default', isReady: true },
        ],
      },
    ],
    // It may be a tag, which only webhooks know.
    ['healthy', { namespaces: new Map([['stable', ['wealth']]]) }],
    ['degraded', { answers: { rejects: one(0.1, { type: 'lds' }) } }],
    ['degraded', { answers: { rootExpiry: one(NOW / 1000 + 29 * DAY) } }],
    ['healthy', { answers: { rootExpiry: one(NOW / 1000 + 31 * DAY) } }],
    ['failing', { answers: { chainExpiry: one(NOW / 1000 - 1) } }],
    ['healthy', { answers: { rootExpiry: one(Number.NaN) } }],
  ] as const)('is %s with %j', (state, overrides) => {
    expect(build(overrides as Partial<ControlPlaneInput>).health.state).toBe(
      state,
    );
  });

  it('gives figures as they were measured, and leaves out what was not', () => {
    const plane = build({
      answers: {
        proxies: [
          ...one(0, { version: '1.27.0' }),
          ...one(1, { version: '1.28.3' }),
          ...one(9, { version: '1.29.1' }),
        ],
        rejects: one(0.2, { type: 'cds' }),
        invalid: one(0.1, { resource: 'gateways', reason: 'bad' }),
        convergence: one(0.4),
        pushes: one(5),
        errors: one(0),
        proxyExpiry: one(3600),
      },
    });
    expect(plane).toMatchObject({
      proxyVersions: [
        { version: '1.29.1', proxies: 9 },
        { version: '1.28.3', proxies: 1 },
      ],
      rejects: [{ kind: 'CDS', perSecond: 0.2 }],
      invalid: [{ resource: 'gateways', reason: 'bad', perSecond: 0.1 }],
      convergenceP99Seconds: 0.4,
      pushesPerSecond: 5,
      errorsPerSecond: 0,
      certificates: { soonestProxySeconds: 3600 },
    });
    const bare = build();
    expect(bare.rejects).toBeUndefined();
    expect(bare.convergenceP99Seconds).toBeUndefined();
    expect(bare.certificates.rootExpires).toBeUndefined();
  });
});
