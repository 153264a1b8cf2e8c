export { isProtected } from './isProtected';
export { readEnvironments } from './readEnvironments';
export {
  readOrreryConfig,
  type ClusterConfig,
  type OrreryConfig,
  type PrometheusConfig,
} from './readOrreryConfig';
export { readHeaders, readPositive, readUrl } from './readUpstreamValues';
export { refuse } from './refuse';
