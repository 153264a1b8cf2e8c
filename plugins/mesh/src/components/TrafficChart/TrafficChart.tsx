import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TrafficHistory } from '@orrery/backstage-plugin-mesh-common';
import {
  CHART_COLOURS,
  TimeChart,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { meshTranslationRef } from '../../translation';

/** @public */
export type TrafficChartProps = { history: TrafficHistory };

/** Requests and failed requests over time, both from zero on one scale. */
export function TrafficChart(props: TrafficChartProps) {
  const { history } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const series = useMemo(
    () => [
      {
        id: 'requests',
        title: t('panel.requestsLine'),
        values: history.requestsPerSecond,
        colour: CHART_COLOURS.neutral,
      },
      {
        id: 'errors',
        title: t('panel.errorsLine'),
        values: history.errorsPerSecond,
        colour: CHART_COLOURS.negative,
        fill: CHART_COLOURS.negativeArea,
      },
    ],
    [history, t],
  );
  return (
    <TimeChart
      title={t('panel.requestsLine')}
      isTitleHidden
      size="reduced"
      timeMilliseconds={history.timeMilliseconds}
      series={series}
      write={format.rate}
    />
  );
}
