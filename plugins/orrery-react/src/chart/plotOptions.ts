import type UPlot from 'uplot';
import type { Format } from '../format';
import { resolveColour } from './colours';
import { drawMarks, drawThresholds, type Overlay } from './drawOverlay';
import { plotColumns } from './plotData';
import { labelWidth, timeLabels, timeScale, valueScale } from './scales';
import type { TimeChartProps } from './types';

/** Heights in CSS pixels, axes included. */
export const CHART_HEIGHTS = { normal: 150, reduced: 96 } as const;
/** Dragging less than this, in CSS pixels, is a click and selects nothing. */
const LEAST_DRAG = 6;

/** What a plot needs to know, beside its data. */
export type PlotSettings = {
  /** Where the chart is, and its theme's tokens hold. */
  host: HTMLElement;
  format: Format;
  /** The chart's present properties; they change while the plot lives. */
  current: () => TimeChartProps;
  /** The place of the time under the crosshair, if there is one. */
  onPoint: (index: number | undefined) => void;
  /** Makes bars' paths. */
  bars: UPlot.Series.PathBuilder | undefined;
};

function seriesOptions(settings: PlotSettings): UPlot.Series[] {
  const colour = (text: string) => () => resolveColour(settings.host, text);
  return plotColumns(settings.current()).map(({ series, isPrevious }) => {
    const isBars = series.shape === 'bars' && !isPrevious;
    return {
      label: series.id,
      stroke: colour(series.colour),
      width: isPrevious || isBars ? 1 : 1.75,
      dash: isPrevious ? [5, 4] : undefined,
      fill:
        isPrevious || !(series.fill || isBars)
          ? undefined
          : colour(series.fill ?? series.colour),
      paths: isBars ? settings.bars : undefined,
      spanGaps: false,
      points: { show: false },
    };
  });
}

function overlayOf(plot: UPlot, host: Element): Overlay {
  return {
    context: plot.ctx,
    area: plot.bbox,
    pixelRatio: devicePixelRatio,
    xOf: milliseconds => plot.valToPos(milliseconds / 1000, 'x', true),
    yOf: value => plot.valToPos(value, 'y', true),
    colourOf: colour => resolveColour(host, colour),
  };
}

function selected(plot: UPlot, { onSelectRange }: TimeChartProps) {
  const { left, width } = plot.select;
  if (width >= LEAST_DRAG) {
    onSelectRange?.({
      fromMilliseconds: Math.round(plot.posToVal(left, 'x') * 1000),
      toMilliseconds: Math.round(plot.posToVal(left + width, 'x') * 1000),
    });
  }
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

/** The options of a plot; whatever may change is asked for when it is drawn. */
export function plotOptions(settings: PlotSettings): UPlot.Options {
  const { host, format, current } = settings;
  const { size = 'normal', crosshairKey = 'orrery-time' } = current();
  const axis: UPlot.Axis = {
    stroke: () => resolveColour(host, 'var(--bui-fg-secondary)'),
    grid: {
      stroke: () => resolveColour(host, 'var(--bui-border-1)'),
      width: 1,
    },
    ticks: { show: false },
    font: '11px sans-serif',
  };
  return {
    width: host.clientWidth || 300,
    height: CHART_HEIGHTS[size],
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: 5 },
      drag: {
        x: current().onSelectRange !== undefined,
        y: false,
        setScale: false,
      },
      sync: {
        key: crosshairKey,
        setSeries: false,
        scales: ['x', null],
        // Charts share the crosshair; what is selected in one is its own.
        filters: { pub: type => type === 'mousemove' || type === 'mouseleave' },
      },
    },
    scales: {
      x: { range: (_plot, low, high) => timeScale(low, high, current().range) },
      y: {
        range: (_plot, low, high) =>
          valueScale(
            low,
            high,
            current().floor ?? 1,
            current().thresholds ?? [],
          ),
      },
    },
    axes: [
      {
        ...axis,
        size: 24,
        values: (_plot, splits) => timeLabels(splits, format),
      },
      {
        ...axis,
        size: (_plot, labels) => labelWidth(labels),
        space: 30,
        values: (_plot, splits) => splits.map(current().write),
      },
    ],
    series: [{}, ...seriesOptions(settings)],
    hooks: {
      draw: [
        plot => {
          const overlay = overlayOf(plot, host);
          drawThresholds(overlay, current().thresholds ?? []);
          drawMarks(overlay, current().marks ?? [], size === 'normal');
        },
      ],
      setCursor: [plot => settings.onPoint(plot.cursor.idx ?? undefined)],
      setSelect: [plot => selected(plot, current())],
    },
  };
}
