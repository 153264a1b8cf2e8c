import { budgetCovers, readBudget, readEvents, readScaler } from '.';

describe('what stands beside a workload', () => {
  it('scalers, budgets and events are told in words', () => {
    const metadata = { name: 'pay' };
    expect(
      readScaler('HorizontalPodAutoscaler', {
        metadata,
        spec: { minReplicas: 2, maxReplicas: 8 },
        status: { currentReplicas: 3 },
      }),
    ).toMatchObject({
      current: 3,
      sentence: 'HorizontalPodAutoscaler pay scales it between 2 and 8 pods',
    });
    expect(
      readScaler('ScaledObject', {
        metadata,
        status: {
          conditions: [
            { type: 'Ready', status: 'False', message: 'no metrics' },
          ],
        },
      }).sentence,
    ).toBe('ScaledObject pay cannot scale it: no metrics');
    const budget = {
      metadata,
      spec: { minAvailable: '50%', selector: { matchLabels: { app: 'pay' } } },
      status: { disruptionsAllowed: 1 },
    };
    expect(readBudget(budget).sentence).toBe(
      'At least 50% of its pods must stay; 1 may go now',
    );
    expect(budgetCovers(budget, { app: 'pay', a: 'b' })).toBe(true);
    expect(budgetCovers({ metadata }, { app: 'pay' })).toBe(false);
    const event = (lastTimestamp: string, count: number) => ({
      metadata,
      lastTimestamp,
      count,
      reason: 'BackOff',
      involvedObject: { kind: 'Pod', name: 'pay-1' },
    });
    expect(
      readEvents([
        event('2026-11-26T10:00:00Z', 3),
        event('2026-11-26T11:00:00Z', 1),
      ]).map(({ count, about }) => [count, about]),
    ).toEqual([
      [1, 'Pod/pay-1'],
      [3, 'Pod/pay-1'],
    ]);
  });
});
