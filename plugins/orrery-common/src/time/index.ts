export { formatDuration, parseDuration } from './duration';
export {
  DEFAULT_TIME_RANGE,
  isLiveRange,
  parseInstant,
  resolveTimeRange,
  windowOfRange,
  type ResolvedTimeRange,
  type TimeRange,
} from './range';
