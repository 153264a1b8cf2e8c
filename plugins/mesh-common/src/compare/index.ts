export {
  CHANGE_KINDS,
  compareGraphs,
  type Change,
  type ChangeKind,
  type Comparison,
} from './compareGraphs';
