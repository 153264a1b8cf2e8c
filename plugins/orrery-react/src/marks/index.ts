export {
  CollectedTimeMarks,
  timeMarksApiRef,
  type TimeMarkProvider,
  type TimeMarks,
  type TimeMarksApi,
} from './timeMarksApi';
export { useTimeMarks } from './useTimeMarks';
export { TIME_MARK_GLYPHS } from './timeMarkGlyphs';
