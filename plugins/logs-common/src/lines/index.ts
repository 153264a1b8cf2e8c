export { cutText } from './cutText';
export { flattenFields, type FlatFields } from './flattenFields';
export {
  LOG_LEVELS,
  logLevelSchema,
  logLineSchema,
  type LogLevel,
  type LogLine,
} from './lines';
export { HIGHLIGHT_TAGS, readDocument, type LogDocument } from './readDocument';
export { findLevel, readLevel, wordsOfLevel } from './readLevel';
export { cleanText, readText, type ReadText } from './readText';
export { readTrace, type TraceIds } from './readTrace';
