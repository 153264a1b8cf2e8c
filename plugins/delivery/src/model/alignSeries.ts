import type { CanaryHistory } from '@orrery/backstage-plugin-delivery-common';

type Series = CanaryHistory['series'][number];

/**
 * Both versions over the same moments. Where one said nothing there is null,
 * which charts draw as a gap.
 */
export function alignSeries({ stable, canary }: Series): {
  times: number[];
  stable: (number | null)[];
  canary: (number | null)[];
} {
  const values = (points: Series['stable']) =>
    new Map(points.map(({ at, value }) => [at, value]));
  const [left, right] = [values(stable), values(canary)];
  const times = [...new Set([...left.keys(), ...right.keys()])].sort(
    (one, other) => one - other,
  );
  return {
    times,
    stable: times.map(time => left.get(time) ?? null),
    canary: times.map(time => right.get(time) ?? null),
  };
}
