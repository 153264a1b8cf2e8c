export {
  TIME_MARK_KINDS,
  type TimeMark,
  type TimeMarkKind,
  type TimeMarkQuery,
} from './marks';
