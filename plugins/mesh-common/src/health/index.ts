export { judgeNode } from './judgeNode';
export { judgeTraffic } from './judgeTraffic';
export {
  DEFAULT_TOLERANCES,
  parseTolerances,
  tolerancesOf,
  type Direction,
  type Tolerance,
} from './tolerances';
