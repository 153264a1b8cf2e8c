import { logNormalMoments } from '../traffic/duration';
import { DEFAULT_RETRIES, type RetryPolicy } from '../routing/rule';
import { settleRequest, type AttemptTarget } from './attempts';

const target = (
  failing: number,
  over: Partial<AttemptTarget> = {},
): AttemptTarget => ({
  share: 1,
  connectFailure: 0,
  outcomes: [
    { code: 200, flags: '-', share: 1 - failing },
    { code: 503, flags: '-', share: failing },
  ],
  moments: logNormalMoments(20, 0.5),
  ...over,
});

const retry = (
  attempts: number,
  ...retryOn: string[]
): { retries: RetryPolicy } => ({
  retries: { attempts, retryOn: new Set(retryOn) },
});

const sum = (list: readonly { share: number }[]) =>
  list.reduce((total, entry) => total + entry.share, 0);

const failing = (list: readonly { share: number; code: number }[]) =>
  sum(list.filter(entry => entry.code >= 500));

describe('settleRequest', () => {
  it('passes failures on when nothing retries them', () => {
    const settled = settleRequest(
      [target(0.12)],
      { retries: DEFAULT_RETRIES },
      false,
    );
    expect(failing(settled.client)).toBeCloseTo(0.12);
    expect(failing(settled.server)).toBeCloseTo(0.12);
    expect(settled.arrivals[0]).toBeCloseTo(1);
  });

  it('multiplies load and hides failures with retries', () => {
    const settled = settleRequest([target(0.5)], retry(2, '5xx'), false);
    expect(settled.arrivals[0]).toBeCloseTo(1 + 0.5 + 0.25);
    expect(failing(settled.client)).toBeCloseTo(0.125);
    expect(sum(settled.client)).toBeCloseTo(1);
    expect(sum(settled.server)).toBeCloseTo(1.75);
    const failure = settled.client.find(entry => entry.code === 503);
    expect(failure?.flags).toBe('URX');
  });

  it('does not retry what the policy does not name', () => {
    const settled = settleRequest(
      [target(0.5)],
      retry(3, 'connect-failure'),
      false,
    );
    expect(settled.arrivals[0]).toBeCloseTo(1);
  });

  it('retries refused connections by default and flags what remains', () => {
    const settled = settleRequest(
      [target(0, { connectFailure: 0.5 })],
      { retries: DEFAULT_RETRIES },
      false,
    );
    const failure = settled.client.find(entry => entry.code === 503);
    expect(failure?.flags).toBe('UF,URX');
    expect(failure?.share).toBeCloseTo(0.125);
    expect(settled.arrivals[0]).toBeCloseTo(1.75 * 0.5);
  });

  it('answers 504 at the caller and counts a hang-up at the callee on a timeout', () => {
    const settled = settleRequest(
      [target(0, { moments: logNormalMoments(1000, 0.5) })],
      { ...retry(0), timeoutMilliseconds: 1000 },
      false,
    );
    const late = settled.client.find(entry => entry.flags === 'UT');
    expect(late).toMatchObject({ code: 504, target: 0 });
    expect(late?.share).toBeCloseTo(0.5, 2);
    expect(late?.duration.mean).toBe(1000);
    const hungUp = settled.server.find(entry => entry.flags === 'DC');
    expect(hungUp).toMatchObject({ code: 0 });
    expect(hungUp?.share).toBeCloseTo(0.5, 2);
  });

  it('does not try again when the time for all attempts is over', () => {
    const slow = target(0, { moments: logNormalMoments(1000, 0.5) });
    const whole = { ...retry(2, '5xx'), timeoutMilliseconds: 1000 };
    expect(settleRequest([slow], whole, false).arrivals[0]).toBeCloseTo(1);
    const perTry = { ...whole, timeoutMilliseconds: 9000 };
    perTry.retries = { ...perTry.retries, perTryTimeoutMilliseconds: 1000 };
    expect(settleRequest([slow], perTry, false).arrivals[0]).toBeCloseTo(
      1.75,
      1,
    );
  });

  it('counts gRPC failures as statuses', () => {
    const settled = settleRequest(
      [
        target(0, {
          connectFailure: 1,
          outcomes: [{ code: 200, grpcStatus: 0, flags: '-', share: 1 }],
        }),
      ],
      retry(0),
      true,
    );
    expect(settled.client).toEqual([
      expect.objectContaining({ code: 200, grpcStatus: 14, flags: 'UF' }),
    ]);
    expect(settled.failureShare).toBeCloseTo(1);
  });

  it('keeps every request accounted for over several targets', () => {
    const targets = [
      target(0.2, { share: 0.7 }),
      target(0.6, { share: 0.3, connectFailure: 0.1 }),
    ];
    const settled = settleRequest(
      targets,
      retry(2, '5xx', 'connect-failure'),
      false,
    );
    expect(sum(settled.client)).toBeCloseTo(1, 6);
    expect(sum(settled.server)).toBeCloseTo(
      settled.arrivals.reduce((total, share) => total + share, 0),
      6,
    );
  });
});
