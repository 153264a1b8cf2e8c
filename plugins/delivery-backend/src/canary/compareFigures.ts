import type {
  Canary,
  FigureComparison,
  JudgedSide,
  SideFigures,
} from '@orrery/backstage-plugin-delivery-common';
import { quantileOf } from '../telemetry/readSides';

const SHARES = new Set<FigureComparison['figure']>(['errorShare']);

/** Figures of one side over a window. */
export function figuresOf(
  side: JudgedSide,
  windowSeconds: number,
): SideFigures {
  const { requests, failures, latency } = side;
  const quantile = (value: number) => latency && quantileOf(value, latency);
  return {
    requests,
    requestsPerSecond:
      requests === undefined ? undefined : requests / windowSeconds,
    errorShare:
      requests === undefined || failures === undefined || requests === 0
        ? undefined
        : failures / requests,
    p50Milliseconds: quantile(0.5),
    p95Milliseconds: quantile(0.95),
    p99Milliseconds: quantile(0.99),
  };
}

/**
 * Two-sided p-value of a difference of two shares, by the pooled z-test
 * (the usual test of two proportions; poor below some five failures, where it
 * is left out).
 */
export function sharePValue(
  left: { count: number; of: number },
  right: { count: number; of: number },
): number | undefined {
  const pooled = (left.count + right.count) / (left.of + right.of);
  const variance = pooled * (1 - pooled) * (1 / left.of + 1 / right.of);
  if (
    left.of < 30 ||
    right.of < 30 ||
    left.count + right.count < 5 ||
    !(variance > 0)
  ) {
    return undefined;
  }
  const z =
    (right.count / right.of - left.count / left.of) / Math.sqrt(variance);
  return twoSided(z);
}

/**
 * Abramowitz and Stegun 7.1.26: the error function to 1.5e-7, which is more
 * than a table of figures shows.
 */
function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 +
      t *
        (-0.284496736 +
          t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, series * Math.exp(-x * x));
}

function difference(
  figure: FigureComparison['figure'],
  stable: SideFigures,
  canary: SideFigures,
): number | undefined {
  const [before, after] = [stable[figure], canary[figure]];
  if (before === undefined || after === undefined) {
    return undefined;
  }
  if (SHARES.has(figure)) {
    return (after - before) * 100;
  }
  return before === 0 ? undefined : ((after - before) / before) * 100;
}

/** Whether the share of slow requests differs: stable's p95 cuts both. */
function latencyPValue(
  stable: JudgedSide,
  canary: JudgedSide,
): number | undefined {
  const cut = stable.latency && quantileOf(0.95, stable.latency);
  if (cut === undefined || !stable.latency || !canary.latency) {
    return undefined;
  }
  // A bucket's bound is exact where a point within a bucket is a guess.
  const bound = stable.latency.find(({ le }) => le >= cut)?.le;
  const slower = (buckets: NonNullable<JudgedSide['latency']>) => {
    const of = buckets.at(-1)?.count ?? 0;
    const within = buckets.find(({ le }) => le === bound)?.count ?? 0;
    return { count: of - within, of };
  };
  return sharePValue(slower(stable.latency), slower(canary.latency));
}

const FIGURES: FigureComparison['figure'][] = [
  'requestsPerSecond',
  'errorShare',
  'p50Milliseconds',
  'p95Milliseconds',
  'p99Milliseconds',
  'cpuCoresPerPod',
  'memoryBytesPerPod',
  'restarts',
];

/** How the canary's figures differ from stable's, and how likely by chance. */
export function compareFigures(
  figures: { stable: SideFigures; canary: SideFigures },
  sides: { stable: JudgedSide; canary: JudgedSide },
  canary: Canary,
): FigureComparison[] {
  const judged = new Map(
    canary.analyses
      .flatMap(({ metrics }) => metrics)
      .map(metric => [metric.name, metric]),
  );
  const names: Partial<Record<FigureComparison['figure'], string>> = {
    errorShare: 'errors',
    p95Milliseconds: 'p95',
  };
  return FIGURES.map(figure => {
    const metric = judged.get(names[figure] ?? '');
    const { stable, canary: other } = sides;
    const shares =
      stable.requests && other.requests
        ? {
            left: { count: stable.failures ?? 0, of: stable.requests },
            right: { count: other.failures ?? 0, of: other.requests },
          }
        : undefined;
    let pValue: number | undefined;
    if (figure === 'errorShare' && shares) {
      pValue = sharePValue(shares.left, shares.right);
    } else if (figure === 'p95Milliseconds') {
      pValue = latencyPValue(stable, other);
    }
    return {
      figure,
      difference: difference(figure, figures.stable, figures.canary),
      pValue,
      limit: metric?.sentence,
      state: metric?.state === 'running' ? undefined : metric?.state,
    };
  });
}
