export { LiveIndicator, type LiveIndicatorProps } from './LiveIndicator';
