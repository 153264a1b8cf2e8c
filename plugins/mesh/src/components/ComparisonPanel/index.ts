export { ComparisonPanel } from './ComparisonPanel';
