import { worstHealth } from '.';

describe('worstHealth', () => {
  it('takes the worst and the reasons of all that are as bad', () => {
    expect(
      worstHealth([
        { state: 'healthy', reasons: [] },
        { state: 'failing', reasons: ['12 % of requests fail'] },
        { state: 'degraded', reasons: ['1 of 2 pods available'] },
        { state: 'failing', reasons: ['0 of 2 pods available'] },
      ]),
    ).toEqual({
      state: 'failing',
      reasons: ['12 % of requests fail', '0 of 2 pods available'],
    });
  });

  it('prefers unknown over healthy, and knows nothing from nothing', () => {
    expect(
      worstHealth([
        { state: 'healthy', reasons: [] },
        { state: 'unknown', reasons: ['No telemetry'] },
      ]).state,
    ).toBe('unknown');
    expect(worstHealth([]).state).toBe('unknown');
  });
});
