import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { plotData } from './plotData';
import { CHART_HEIGHTS, plotOptions, type PlotSettings } from './plotOptions';

/** A plot on the page. */
export type Plot = {
  /** Draws the present properties. */
  update: () => void;
  /** Takes it off the page. */
  remove: () => void;
};

/**
 * Puts a plot into its host, and keeps it at the host's width and in the
 * page's theme. Charts load this when there is one to draw.
 *
 * @throws when the browser has no canvas to draw on
 */
export function createPlot(settings: Omit<PlotSettings, 'bars'>): Plot {
  const { host, current } = settings;
  if (!document.createElement('canvas').getContext('2d')) {
    throw new Error('There is no canvas to draw on.');
  }
  const plot = new UPlot(
    plotOptions({
      ...settings,
      bars: UPlot.paths.bars?.({ size: [0.85, 48], align: 1 }),
    }),
    plotData(current()),
    host,
  );
  const resize = new ResizeObserver(() =>
    plot.setSize({
      width: host.clientWidth,
      height: CHART_HEIGHTS[current().size ?? 'normal'],
    }),
  );
  resize.observe(host);
  // Themes are switched by attributes above us.
  const theme = new MutationObserver(() => plot.redraw(false));
  for (const element of [document.documentElement, document.body]) {
    theme.observe(element, { attributes: true });
  }
  return {
    update: () => plot.setData(plotData(current())),
    remove: () => {
      resize.disconnect();
      theme.disconnect();
      plot.destroy();
    },
  };
}
