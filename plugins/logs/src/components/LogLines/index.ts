export { LineText } from './LineText';
export { LogLines, type LogLinesProps } from './LogLines';
export type { LineVerbs } from './LineDetail';
export type { RowLook } from './LogRow';
