export { judgeNode } from './judgeNode';
export {
  DEFAULT_TOLERANCES,
  judgeTraffic,
  type Tolerance,
} from './judgeTraffic';
