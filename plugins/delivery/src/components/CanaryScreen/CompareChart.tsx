import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import styles from './CompareChart.module.css';

const HEIGHT = 150;
/** The two fixed colours of versions, everywhere. */
const STABLE = '#1f7a8c';
const CANARY = '#8250c4';

/** A moment that the chart marks, in milliseconds since the epoch. */
export type ChartMark = { at: number; label: string };

/** @public */
export type CompareChartProps = {
  title: string;
  unit: string;
  /** Milliseconds since the epoch. */
  times: readonly number[];
  stable: readonly (number | null)[];
  canary: readonly (number | null)[];
  marks: readonly ChartMark[];
  labels: { stable: string; canary: string };
  /** Top of the scale where all values are zero. */
  floor: number;
  /** What a value is written as. */
  write: (value: number) => string;
};

function token(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

/** Thin flags where steps began. */
function drawMarks(chart: UPlot, marks: readonly ChartMark[], host: Element) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = CANARY;
  ctx.fillStyle = token(host, '--bui-fg-primary');
  ctx.setLineDash([3, 3]);
  ctx.font = `${11 * devicePixelRatio}px sans-serif`;
  let free = -Infinity;
  for (const { at, label } of marks) {
    const x = chart.valToPos(at / 1000, 'x', true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      if (x > free) {
        const text = ` ${label}`;
        ctx.fillText(text, x, bbox.top + 10 * devicePixelRatio);
        free = x + ctx.measureText(text).width;
      }
    }
  }
  ctx.restore();
}

/** Stable and canary over time in their colours. Gaps stay gaps. */
export function CompareChart(props: CompareChartProps) {
  const { title, unit, times, stable, canary, labels, write } = props;
  const format = useFormat();
  const hostRef = useRef<HTMLDivElement>(null);
  const chartRef = useRef<UPlot>();
  const latest = useRef(props);
  latest.current = props;

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
    const line = (label: string, stroke: string): UPlot.Series => ({
      label,
      stroke,
      width: 2,
      points: { show: false },
      spanGaps: false,
    });
    const chart = new UPlot(
      {
        width: host.clientWidth || 300,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, sync: { key: 'orrery-canary' } },
        scales: {
          y: {
            range: (_chart, _low, high) => [
              0,
              (high || latest.current.floor) * 1.15,
            ],
          },
        },
        hooks: {
          draw: [self => drawMarks(self, latest.current.marks, host)],
        },
        axes: [
          {
            ...axis,
            size: 24,
            values: (_chart, splits) =>
              splits.map(seconds => format.time(seconds * 1000)),
          },
          {
            ...axis,
            size: 56,
            space: 30,
            values: (_chart, splits) => splits.map(latest.current.write),
          },
        ],
        series: [
          {},
          line(latest.current.labels.stable, STABLE),
          line(latest.current.labels.canary, CANARY),
        ],
      },
      [[], [], []],
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
  }, [format]);

  useEffect(() => {
    chartRef.current?.setData([
      times.map(time => time / 1000),
      [...stable],
      [...canary],
    ]);
  }, [times, stable, canary, format]);

  const last = (values: readonly (number | null)[]) => {
    const value = values.filter(item => item !== null).at(-1);
    return value === undefined || value === null ? '–' : write(value);
  };
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <strong>{title}</strong> <span className={styles.unit}>{unit}</span>
        <span className={styles.legend}>
          <span data-side="stable">
            {labels.stable}: {last(stable)}
          </span>
          <span data-side="canary">
            {labels.canary}: {last(canary)}
          </span>
        </span>
      </figcaption>
      <div ref={hostRef} className={styles.chart} aria-hidden="true" />
    </figure>
  );
}
