import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { ChartUnit } from '@orrery/backstage-plugin-telemetry-common';
import { useMemo } from 'react';

/** The least top of a scale while nothing happens. */
export const CHART_FLOORS: Readonly<Record<ChartUnit, number>> = {
  requestsPerSecond: 1,
  share: 0.01,
  milliseconds: 10,
  cores: 0.01,
  bytes: 1_000_000,
  bytesPerSecond: 1000,
  count: 1,
};

/** Writes values of a unit in the language of the page. */
export function useChartWriter(unit: ChartUnit): (value: number) => string {
  const format = useFormat();
  return useMemo(() => {
    const writers: Record<ChartUnit, (value: number) => string> = {
      requestsPerSecond: format.rate,
      share: format.percent,
      milliseconds: format.milliseconds,
      cores: value =>
        value < 1
          ? `${format.number(value * 1000)} mCPU`
          : `${format.number(value)} CPU`,
      bytes: value => format.bytesPerSecond(value).replace(/\/s$/, ''),
      bytesPerSecond: format.bytesPerSecond,
      count: format.number,
    };
    return writers[unit];
  }, [format, unit]);
}
