export { CHART_COLOURS, SERIES_COLOURS } from './colours';
export { TimeChart } from './TimeChart';
export type {
  ChartMark,
  ChartRange,
  ChartThreshold,
  TimeChartProps,
  TimeSeries,
} from './types';
