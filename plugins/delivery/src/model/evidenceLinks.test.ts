import { evidenceLinks } from './evidenceLinks';

const canary = {
  ref: 'kepler/wealth/Rollout/payment',
  app: 'payment',
  stableVersion: 'v1',
  canaryVersion: 'v2',
  startedAt: '2026-11-26T12:00:00Z',
};

describe('evidenceLinks', () => {
  it.each([
    ['canary', 'v2'],
    ['stable', 'v1'],
  ] as const)('of the %s asks for its version', (side, version) => {
    const { logs, traces } = evidenceLinks(canary, side);
    const read = (href: string) =>
      Object.fromEntries(new URL(href, 'http://x').searchParams);
    const shared = {
      cluster: 'kepler',
      app: 'payment',
      version,
      from: '2026-11-26T12:00:00Z',
      to: 'now',
    };
    expect(read(logs)).toEqual({ ...shared, namespaces: 'wealth' });
    expect(read(traces)).toEqual({ ...shared, namespace: 'wealth' });
  });
});
