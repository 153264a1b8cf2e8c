import {
  CHART_COLOURS,
  TimeChart,
  type TimeChartProps,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';

/** @public */
export type CompareChartProps = Pick<
  TimeChartProps,
  'title' | 'note' | 'timeMilliseconds' | 'marks' | 'floor' | 'write'
> & {
  /** One value for each time; null is a gap. */
  stable: readonly (number | null)[];
  canary: readonly (number | null)[];
  /** What the versions are called. */
  labels: { stable: string; canary: string };
};

/** Stable and canary over time, in the two colours of versions. */
export function CompareChart(props: CompareChartProps) {
  const { stable, canary, labels, ...chart } = props;
  const { stable: stableLabel, canary: canaryLabel } = labels;
  const series = useMemo(
    () => [
      {
        id: 'stable',
        title: stableLabel,
        values: stable,
        colour: CHART_COLOURS.stable,
      },
      {
        id: 'canary',
        title: canaryLabel,
        values: canary,
        colour: CHART_COLOURS.canary,
      },
    ],
    [stable, canary, stableLabel, canaryLabel],
  );
  return <TimeChart {...chart} series={series} />;
}
