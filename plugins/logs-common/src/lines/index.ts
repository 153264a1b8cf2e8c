export {
  LOG_LEVELS,
  logLevelSchema,
  logLineSchema,
  type LogLevel,
  type LogLine,
} from './lines';
