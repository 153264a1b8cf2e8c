import { judge } from '../judge';
import { normalTail } from '../distributions';
import { minimumRequestsFor } from '../minimumRequests';
import type { JudgedSide } from '../schema';

/** Bounds of Istio's own histograms, in milliseconds. */
const BOUNDS = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000,
  300000, 600000, 1800000, 3600000,
];

/** A kind of canary; effects are multiples of the limit. */
export type Scenario = {
  baselineErrorShare: number;
  errorEffect: 0 | 2;
  latencyEffect: 0 | 2;
  maximumErrorIncreasePoints: number;
  maximumP95IncreasePercent: number;
  weightPercent: number;
};

/** What became of many canaries of one kind. */
export type Outcome = Scenario & {
  canaries: number;
  minimumRequests: number;
  aborted: number;
  went: number;
  held: number;
};

/** Uniform numbers in [0, 1) that a seed repeats (32-bit mixing of a counter). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
  };
}

/** A binomial number by the gaps between hits, which are geometric. */
function binomial(total: number, share: number, random: () => number): number {
  if (share > 0.5) {
    return total - binomial(total, 1 - share, random);
  }
  if (share <= 0) {
    return 0;
  }
  const scale = 1 / Math.log1p(-share);
  let hits = -1;
  let at = 0;
  do {
    at += 1 + Math.floor(Math.log(1 - random()) * scale);
    hits += 1;
  } while (at <= total);
  return hits;
}

/** One side of a canary, which gets requests look by look. */
class Side {
  #requests = 0;
  #failures = 0;
  readonly #buckets = BOUNDS.map(() => 0);
  readonly #shares: number[];
  readonly #errorShare: number;
  readonly #random: () => number;

  constructor(
    options: { errorShare: number; median: number; spread: number },
    random: () => number,
  ) {
    const { errorShare, median, spread } = options;
    this.#errorShare = errorShare;
    this.#random = random;
    const below = BOUNDS.map(
      bound => 1 - normalTail(Math.log(bound / median) / spread),
    );
    // Chance of each bucket for what is in none of those before it.
    this.#shares = below.map((share, index) => {
      const before = index === 0 ? 0 : below[index - 1];
      return before >= 1 ? 0 : (share - before) / (1 - before);
    });
  }

  serve(requests: number): void {
    this.#requests += requests;
    this.#failures += binomial(requests, this.#errorShare, this.#random);
    let left = requests;
    this.#shares.forEach((share, index) => {
      const inside = left === 0 ? 0 : binomial(left, share, this.#random);
      this.#buckets[index] += inside;
      left -= inside;
    });
  }

  seen(): JudgedSide {
    let below = 0;
    return {
      requests: this.#requests,
      failures: this.#failures,
      latency: [
        ...BOUNDS.map((le, index) => {
          below += this.#buckets[index];
          return { le, count: below };
        }),
        { le: Infinity, count: this.#requests },
      ],
    };
  }
}

/**
 * Lets canaries of one kind run a step of so many looks, the last of which
 * comes at exactly the documented minimum of requests. Their latencies are
 * log-normal; where they lie in the buckets, and how heavy their tail is,
 * differs from canary to canary.
 */
export function simulate(
  scenario: Scenario,
  options: {
    canaries: number;
    seed: number;
    looks: number;
    /** Judges in full at every look, as if a tenth of the requests were enough. */
    isHasty?: boolean;
  },
): Outcome {
  const { canaries, seed, looks, isHasty = false } = options;
  const {
    baselineErrorShare,
    errorEffect,
    latencyEffect,
    maximumErrorIncreasePoints,
    maximumP95IncreasePercent,
    weightPercent,
  } = scenario;
  const random = randomOf(seed);
  const minimumRequests = minimumRequestsFor({
    ...scenario,
    plannedLooks: looks,
  });
  const limits = {
    maximumErrorIncreasePoints,
    maximumP95IncreasePercent,
    custom: [],
    minimumRequests: isHasty ? minimumRequests / 10 : minimumRequests,
    plannedLooks: looks,
  };
  const ratio = (100 - weightPercent) / weightPercent;
  const ends = { go: 0, hold: 0, abort: 0 };
  for (let canaryNumber = 0; canaryNumber < canaries; canaryNumber++) {
    const median = 5 * 100 ** random();
    const spread = 0.3 + 0.7 * random();
    const stable = new Side(
      { errorShare: baselineErrorShare, median, spread },
      random,
    );
    const canary = new Side(
      {
        errorShare:
          baselineErrorShare + (errorEffect * maximumErrorIncreasePoints) / 100,
        median:
          median * (1 + (latencyEffect * maximumP95IncreasePercent) / 100),
        spread,
      },
      random,
    );
    let served = 0;
    let decision: keyof typeof ends = 'hold';
    for (let look = 1; look <= looks && decision === 'hold'; look++) {
      const until = Math.round((minimumRequests * look) / looks);
      canary.serve(until - served);
      stable.serve(Math.round((until - served) * ratio));
      served = until;
      decision = judge({
        stable: stable.seen(),
        canary: canary.seen(),
        limits,
      }).decision;
    }
    ends[decision] += 1;
  }
  return {
    ...scenario,
    canaries,
    minimumRequests,
    aborted: ends.abort,
    went: ends.go,
    held: ends.hold,
  };
}

/** The table of scenarios that the judge is measured on. */
export function scenarios(): Scenario[] {
  return [10, 50].flatMap(weightPercent =>
    [0, 0.001, 0.01, 0.05].flatMap(baselineErrorShare =>
      ([0, 2] as const).flatMap(errorEffect =>
        ([0, 2] as const).map(latencyEffect => ({
          baselineErrorShare,
          errorEffect,
          latencyEffect,
          maximumErrorIncreasePoints: 1,
          maximumP95IncreasePercent: 30,
          weightPercent,
        })),
      ),
    ),
  );
}
