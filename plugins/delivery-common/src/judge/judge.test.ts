import { judge } from './judge';
import { minimumRequestsFor } from './minimumRequests';
import { judgeLimitsSchema, type JudgedSide } from './schema';
import { scenarios, simulate } from './__testUtils__/simulate';

const limits = judgeLimitsSchema.parse({
  maximumErrorIncreasePoints: 1,
  minimumRequests: 2000,
});

const side = (requests: number, failures: number): JudgedSide => ({
  requests,
  failures,
});

/** Requests that take about 40 ms, some share of them about 400. */
function latency(total: number, slow: number): JudgedSide['latency'] {
  return [
    { le: 25, count: 0 },
    { le: 50, count: total * (1 - slow) },
    { le: 250, count: total * (1 - slow) },
    { le: 500, count: total },
    { le: Infinity, count: total },
  ];
}

describe('judge', () => {
  it.each([
    ['go', side(2000, 2), side(38000, 40), /^Within all limits: 0.1 % of the/],
    ['go', side(2000, 0), side(2000, 0), /0 % of stable’s \(\+0 points/],
    ['abort', side(2000, 80), side(38000, 40), /^4 % of the canary’s requests/],
    ['hold', side(1240.6, 0), side(9000, 0), /^1,240 of 2,000 requests$/],
    ['hold', side(2000, 30), side(38000, 40), /^Not certain yet: 1.5 %/],
    // Early, only what is out of all proportion.
    ['abort', side(100, 60), side(1900, 2), /^60 % of the canary’s/],
    ['hold', side(100, 9), side(1900, 2), /^100 of 2,000/],
    ['hold', side(100, 12), side(5, 0), /^100 of 2,000/],
    // Unknown is never good.
    ['hold', side(0, 0), side(900, 0), /canary answered no requests/],
    ['hold', side(9000, 0), side(0, 0), /stable answered no requests/],
    ['hold', {}, side(900, 0), /requests of canary are not known/],
    ['hold', side(9000, 0), { requests: 900 }, /of stable are not known/],
  ] as const)(
    'says %s to %j against %j',
    (decision, canary, stable, reason) => {
      expect(judge({ canary, stable, limits })).toMatchObject({
        decision,
        reason: expect.stringMatching(reason),
        requests: { minimum: 2000 },
      });
    },
  );

  it('holds while data is missing, and still sees what fails', () => {
    const missing = ['Prometheus does not answer since 12:01'];
    expect(
      judge({ canary: side(9000, 0), stable: side(9000, 0), limits, missing }),
    ).toMatchObject({ decision: 'hold', reason: missing[0] });
    expect(
      judge({ canary: side(9000, 900), stable: side(9000, 0), limits, missing })
        .decision,
    ).toBe('abort');
    expect(
      judge({
        canary: {},
        stable: {},
        limits: { ...limits, maximumErrorIncreasePoints: undefined },
      }).reason,
    ).toBe('Requests to the canary are not known');
  });

  it('needs no limits to count requests', () => {
    const bare = { ...limits, maximumErrorIncreasePoints: undefined };
    expect(
      judge({ canary: side(2000, 9), stable: side(1, 0), limits: bare }),
    ).toMatchObject({
      decision: 'go',
      reason: '2,000 requests, and no limits to keep',
    });
  });

  it.each([
    [
      'go',
      latency(4000, 0.02),
      latency(4000, 0.02),
      /p95 is 47.6 ms, stable’s/,
    ],
    ['abort', latency(4000, 0.1), latency(4000, 0.02), /at most \+20 %\)$/],
    ['hold', latency(4000, 0.05), latency(4000, 0.02), /^Not certain yet/],
    ['hold', undefined, latency(4000, 0.02), /latencies of the canary are not/],
    ['hold', latency(4000, 0.02), undefined, /latencies of stable are not/],
    ['hold', latency(150, 0), latency(4000, 0), /^Not certain yet/],
  ] as const)('says %s to latencies', (decision, canary, stable, reason) => {
    expect(
      judge({
        canary: { requests: 4000, latency: canary },
        stable: { requests: 4000, latency: stable },
        limits: {
          ...limits,
          maximumErrorIncreasePoints: undefined,
          maximumP95IncreasePercent: 20,
        },
      }),
    ).toMatchObject({ decision, reason: expect.stringMatching(reason) });
  });

  it('does not know a p95 beyond the last bucket', () => {
    const beyond = [
      { le: 100, count: 0 },
      { le: Infinity, count: 4000 },
    ];
    const within = latency(4000, 0.02);
    const p95 = (canary: typeof within, stable: typeof within) =>
      judge({
        canary: { requests: 4000, latency: canary },
        stable: { requests: 4000, latency: stable },
        limits: {
          ...limits,
          maximumErrorIncreasePoints: undefined,
          maximumP95IncreasePercent: 2000,
        },
      });
    expect(p95(within, beyond).decision).toBe('hold');
    expect(p95(beyond, within).metrics[0]).toMatchObject({ state: 'unknown' });
    // Whatever lies beyond, almost nothing does.
    expect(p95(within, within).decision).toBe('go');
  });

  const custom = (
    limit: object,
    canary: number[] | undefined,
    stable?: number[],
  ) =>
    judge({
      canary: { requests: 2000, ...(canary && { custom: { memory: canary } }) },
      stable: { requests: 2000, ...(stable && { custom: { memory: stable } }) },
      limits: {
        ...limits,
        maximumErrorIncreasePoints: undefined,
        custom: [{ name: 'memory', ...limit }],
      },
    });

  it.each([
    [
      'go',
      { maximumIncreasePercent: 20 },
      [105, 104, 106, 105, 105],
      /^Within/,
    ],
    ['abort', { maximumIncreasePercent: 20 }, [180, 181, 179, 180, 182], /180/],
    ['hold', { maximumIncreasePercent: 20 }, [90, 160, 110, 150, 99], /^Not c/],
    ['hold', { maximumIncreasePercent: 20 }, [1, 2], /2 of 5 values for can/],
    ['hold', { maximumIncreasePercent: 20 }, undefined, /no values for canary/],
    ['go', { maximum: 110 }, [105, 104, 106, 105, 105], /at most 110/],
    ['abort', { maximum: 90 }, [105, 104, 106, 105, 105], /at most 90/],
    ['abort', { minimum: 120 }, [105, 104, 106, 105, 105], /at least 120/],
    ['go', { minimum: 105 }, [105, 105, 105, 105, 105], /at least 105/],
    ['abort', { maximum: 104 }, [105, 105, 105, 105, 105], /at most 104/],
  ] as const)(
    'says %s to a metric within %j at %j',
    (decision, limit, canary, reason) => {
      const verdict = custom(
        limit,
        canary && [...canary],
        [100, 101, 99, 100, 100],
      );
      expect(verdict).toMatchObject({
        decision,
        reason: expect.stringMatching(reason),
      });
    },
  );

  it('holds without stable’s values', () => {
    expect(
      custom({ maximumIncreasePercent: 20 }, [1, 1, 1, 1, 1]).reason,
    ).toMatch(/no values for stable/);
  });

  it('refuses limits that are none', () => {
    for (const bad of [
      { minimumRequests: 0 },
      { minimumRequests: 10, maximumErrorIncreasePoints: 0 },
      { minimumRequests: 10, custom: [{ name: 'memory' }] },
    ]) {
      expect(judgeLimitsSchema.safeParse(bad).success).toBe(false);
    }
  });
});

describe('minimumRequestsFor', () => {
  it('grows with the baseline and with what is to be told apart', () => {
    const of = (share: number, points: number, weightPercent = 50) =>
      minimumRequestsFor({
        baselineErrorShare: share,
        maximumErrorIncreasePoints: points,
        weightPercent,
      });
    expect(of(0, 1)).toBeLessThan(of(0.01, 1));
    expect(of(0, 1)).toBeLessThan(of(0, 0.5));
    expect(of(0.01, 1, 5)).toBeLessThan(of(0.01, 1));
    expect(minimumRequestsFor({ baselineErrorShare: 0 })).toBe(10);
    expect(() => of(1, 1)).toThrow(/^baselineErrorShare/);
    expect(() => of(0, 1, 100)).toThrow(/^weightPercent/);
  });

  it.each(scenarios())(
    'is enough for errors of $baselineErrorShare, effects $errorEffect and $latencyEffect, at $weightPercent %',
    scenario => {
      const { aborted, went, canaries } = simulate(scenario, {
        canaries: 60,
        seed: 4,
        looks: 20,
      });
      const isBad = scenario.errorEffect + scenario.latencyEffect > 0;
      expect([aborted, went]).toEqual(isBad ? [canaries, 0] : [0, canaries]);
    },
  );
});
