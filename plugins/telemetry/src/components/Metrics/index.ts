export { ChartCard } from './ChartCard';
export { MetricsPanel, type MetricsPanelProps } from './MetricsPanel';
