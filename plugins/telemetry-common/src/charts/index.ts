export {
  chartDefinitions,
  podPatternOf,
  type ChartDefinition,
  type ChartPart,
  type ChartSubject,
  type NamedWorkload,
} from './chartDefinitions';
export {
  chartGrid,
  gridTimes,
  previousGrid,
  type ChartGrid,
} from './chartGrid';
export {
  chartOf,
  MOST_CHART_SERIES,
  type PartAnswer,
  type StoredSeries,
} from './chartOf';
export { escapeRegex, quotePromql } from './promqlText';
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
