import type { Traffic } from '../schema';
import {
  DEFAULT_TOLERANCES,
  judgeTraffic,
  parseTolerances,
  tolerancesOf,
} from '.';

/** A hundred requests of which some end with a code. */
function traffic(
  code: string,
  percent: number,
  protocol: 'http' | 'grpc' = 'http',
): Traffic {
  const good = protocol === 'http' ? '200' : '0';
  return {
    protocols: [protocol],
    responses: [[code, percent] as const, [good, 100 - percent] as const].map(
      ([name, rate]) => ({
        protocol,
        code: name,
        flags: '-',
        error: name !== good,
        requestsPerSecond: rate,
      }),
    ),
  };
}

describe('default tolerances', () => {
  it.each([
    ['500', 0, 'http', 'healthy'],
    ['500', 0.05, 'http', 'degraded'],
    ['503', 9.9, 'http', 'degraded'],
    ['503', 10, 'http', 'failing'],
    ['404', 9.9, 'http', 'healthy'],
    ['404', 10, 'http', 'degraded'],
    ['404', 19.9, 'http', 'degraded'],
    ['404', 20, 'http', 'failing'],
    ['-', 0.1, 'http', 'degraded'],
    ['-', 10, 'http', 'failing'],
    ['14', 1, 'grpc', 'degraded'],
    ['16', 10, 'grpc', 'failing'],
    ['17', 50, 'grpc', 'healthy'],
    ['503', 10, 'grpc', 'failing'],
    ['301', 100, 'http', 'healthy'],
  ] as const)('%s in %d %% of %s is %s', (code, percent, protocol, state) => {
    expect(judgeTraffic(traffic(code, percent, protocol))?.state).toBe(state);
  });
});

describe('health.kiali.io/rate', () => {
  const annotation = '4xx,10,20,http,inbound;5xx,5,10,http,outbound';

  it.each([
    ['inbound', '404', 15, 'degraded'],
    ['inbound', '503', 50, 'healthy'],
    ['outbound', '503', 4, 'healthy'],
    ['outbound', '503', 5, 'degraded'],
    ['outbound', '404', 90, 'healthy'],
  ] as const)('%s: %s in %d %% is %s', (direction, code, percent, state) => {
    expect(
      judgeTraffic(traffic(code, percent), tolerancesOf(annotation, direction))
        ?.state,
    ).toBe(state);
  });

  it('reads patterns anchored and names them in its reason', () => {
    expect(
      judgeTraffic(traffic('404', 30), parseTolerances('404,10,20,http,.*')),
    ).toEqual({
      state: 'failing',
      reasons: ['30.0 % of requests match 404 (404; failing from 20 %)'],
    });
    expect(
      judgeTraffic(traffic('40', 30), parseTolerances('4,10,20,http,.*'))
        ?.state,
    ).toBe('healthy');
  });

  it('may tolerate nothing', () => {
    expect(
      judgeTraffic(traffic('500', 0.01), parseTolerances('5xx,0,0,http,.*')),
    ).toEqual({
      state: 'failing',
      reasons: ['< 0.1 % of requests match 5xx (500; failing from 0 %)'],
    });
  });

  it('says from which share on it counts, and gives the weightiest reasons only', () => {
    const both: Traffic = {
      protocols: ['http'],
      responses: ['404', '503', '200'].map((code, index) => ({
        protocol: 'http',
        code,
        flags: '-',
        error: code === '503',
        requestsPerSecond: [12, 1, 87][index],
      })),
    };
    expect(judgeTraffic(both)).toEqual({
      state: 'degraded',
      reasons: [
        '1.0 % of requests answer 5xx (503; degraded above 0 %)',
        '12.0 % of requests answer 4xx (404; degraded from 10 %)',
      ],
    });
    const failing: Traffic = {
      ...both,
      responses: both.responses.map(response => ({
        ...response,
        requestsPerSecond: response.code === '503' ? 30 : 12,
      })),
    };
    expect(judgeTraffic(failing)?.reasons).toHaveLength(2);
    expect(judgeTraffic(failing)?.state).toBe('failing');
    const mixed = judgeTraffic({
      ...both,
      responses: [
        { ...both.responses[0], requestsPerSecond: 15 },
        { ...both.responses[1], requestsPerSecond: 20 },
        { ...both.responses[2], requestsPerSecond: 65 },
      ],
    });
    // One failing finding hides the one that is only degraded.
    expect(mixed).toEqual({
      state: 'failing',
      reasons: ['20.0 % of requests answer 5xx (503; failing from 10 %)'],
    });
  });

  it.each([
    '',
    '4xx',
    '4xx,ten,20,http,inbound',
    '4xx,-1,20,http,inbound',
    '[,10,20,http,inbound',
    '4xx,10,20,http,inbound,more',
    '4xx,10,20,http,inbound;nonsense',
    '4xx,,20,http,inbound',
  ])('leaves the defaults standing when it cannot be read: %s', text => {
    expect(parseTolerances(text)).toBe(DEFAULT_TOLERANCES);
  });
});
