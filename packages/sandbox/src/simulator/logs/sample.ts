import type { Random } from '../../random';
import { isFailure, type Outcome } from '../flow/outcome';
import type { Arrival, LogMix } from './mix';

/** One request that a pod wrote about. */
export interface LoggedRequest {
  /** When it was answered, milliseconds since the Unix epoch. */
  at: number;
  arrival: Arrival;
  outcome: Outcome;
  durationMilliseconds: number;
  traceId: string;
  spanId: string;
  requestId: string;
}

/** Requests that one pod logs per second at most: busier pods log a sample, failures in proportion. */
const LOGGED_PER_SECOND = 5;

function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) {
    text += random.integer(0x10000).toString(16).padStart(4, '0');
  }
  return text.slice(0, digits);
}

function weighted<T>(
  random: Random,
  list: readonly T[],
  weight: (entry: T) => number,
): T | undefined {
  const total = list.reduce((sum, entry) => sum + weight(entry), 0);
  let left = random.next() * total;
  return list.find(entry => {
    left -= weight(entry);
    return left < 0;
  });
}

/** A whole number whose mean is the given one. */
function about(random: Random, mean: number): number {
  return Math.floor(mean) + (random.next() < mean % 1 ? 1 : 0);
}

function duration(random: Random, { moments }: LogMix): number {
  const square = Math.log(1 + moments.variance / moments.mean ** 2);
  const location = Math.log(moments.mean) - square / 2;
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  const normal = radius * Math.cos(2 * Math.PI * random.next());
  return Math.exp(location + Math.sqrt(square) * normal);
}

/**
 * The requests that one of a workload's pods logs in one second. The same
 * random numbers give the same requests, so that a log reads the same every
 * time and the proxy's lines tell of the same requests as the app's.
 */
export function sampleRequests(
  mix: LogMix,
  pods: number,
  second: number,
  random: Random,
): LoggedRequest[] {
  const failing = mix.outcomes.filter(isFailure);
  const fine = mix.outcomes.filter(outcome => !isFailure(outcome));
  const failingShare = failing.reduce((sum, { share }) => sum + share, 0);
  const logged = Math.min(
    mix.requestsPerSecond / Math.max(pods, 1),
    LOGGED_PER_SECOND,
  );
  const counts: [readonly Outcome[], number][] = [
    [fine, about(random, logged * (1 - failingShare))],
    [failing, about(random, logged * failingShare)],
  ];
  const requests: LoggedRequest[] = [];
  for (const [outcomes, count] of counts) {
    for (let index = 0; index < count; index++) {
      const arrival = weighted(
        random,
        mix.arrivals,
        entry => entry.requestsPerSecond,
      );
      const outcome = weighted(random, outcomes, entry => entry.share);
      const at = second * 1000 + random.integer(1000);
      if (!arrival || !outcome) continue;
      requests.push({
        at,
        arrival,
        outcome,
        durationMilliseconds: duration(random, mix),
        traceId: hex(random, 32),
        spanId: hex(random, 16),
        requestId: [8, 4, 4, 4, 12]
          .map(digits => hex(random, digits))
          .join('-'),
      });
    }
  }
  return requests.sort((first, other) => first.at - other.at);
}
