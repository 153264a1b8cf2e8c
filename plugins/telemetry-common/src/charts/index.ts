export {
  CHART_GROUPS,
  chartSchema,
  chartsResponseSchema,
  chartUnitSchema,
  MOST_CHART_POINTS,
  type Chart,
  type ChartGroup,
  type ChartSeries,
  type ChartsResponse,
  type ChartUnit,
} from './charts';
