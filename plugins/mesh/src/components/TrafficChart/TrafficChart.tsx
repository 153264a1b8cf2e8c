import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TrafficHistory } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { meshTranslationRef } from '../../translation';
import styles from './TrafficChart.module.css';

const HEIGHT = 96;

/** @public */
export type TrafficChartProps = { history: TrafficHistory };

function token(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

/**
 * Requests and failed requests over time, both from zero on one scale. Gaps
 * stay gaps.
 */
export function TrafficChart(props: TrafficChartProps) {
  const { history } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const hostRef = useRef<HTMLDivElement>(null);
  const chartRef = useRef<UPlot>();
  const data = useMemo(
    (): UPlot.AlignedData => [
      history.timeMilliseconds.map(time => time / 1000),
      history.requestsPerSecond,
      history.errorsPerSecond,
    ],
    [history],
  );
  const dataRef = useRef(data);
  dataRef.current = data;

  useEffect(() => {
    const host = hostRef.current;
    if (!host) {
      return undefined;
    }
    const axis: UPlot.Axis = {
      stroke: () => token(host, '--bui-fg-secondary'),
      grid: { stroke: () => token(host, '--bui-border-1'), width: 1 },
      ticks: { show: false },
      font: '11px sans-serif',
    };
    const chart = new UPlot(
      {
        width: host.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, points: { size: 5 } },
        scales: { y: { range: (_chart, _low, high) => [0, high || 1] } },
        axes: [
          {
            ...axis,
            size: 24,
            values: (_chart, splits) =>
              splits.map(seconds => format.time(seconds * 1000)),
          },
          {
            ...axis,
            size: 44,
            space: 30,
            values: (_chart, splits) => splits.map(format.number),
          },
        ],
        series: [
          {},
          {
            label: t('panel.requestsLine'),
            stroke: () => token(host, '--bui-fg-secondary'),
            width: 1.5,
            points: { show: false },
          },
          {
            label: t('panel.errorsLine'),
            stroke: () => token(host, '--bui-negative-fg-subdued'),
            width: 1.5,
            fill: () => token(host, '--bui-negative-bg-subdued'),
            points: { show: false },
          },
        ],
      },
      dataRef.current,
      host,
    );
    chartRef.current = chart;
    const resize = new ResizeObserver(() =>
      chart.setSize({ width: host.clientWidth, height: HEIGHT }),
    );
    resize.observe(host);
    return () => {
      resize.disconnect();
      chart.destroy();
      chartRef.current = undefined;
    };
  }, [t, format]);

  useEffect(() => {
    chartRef.current?.setData(data);
  }, [data]);

  const last = (values: readonly (number | null)[]) =>
    format.rate(values.filter(value => value !== null).at(-1));
  return (
    <figure className={styles.figure}>
      <div ref={hostRef} className={styles.chart} aria-hidden="true" />
      <figcaption className={styles.caption}>
        <span className={styles.requests}>
          {t('panel.requestsLine')}: {last(history.requestsPerSecond)}
        </span>
        <span className={styles.errors}>
          {t('panel.errorsLine')}: {last(history.errorsPerSecond)}
        </span>
      </figcaption>
    </figure>
  );
}
