export { TrafficChart, type TrafficChartProps } from './TrafficChart';
