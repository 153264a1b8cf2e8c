export { isProtected } from './isProtected';
export { readEnvironments } from './readEnvironments';
export { readNaming } from './readNaming';
export {
  readOrreryConfig,
  type ClusterConfig,
  type OrreryConfig,
  type PrometheusConfig,
} from './readOrreryConfig';
export { readHeaders, readPositive, readUrl } from './readUpstreamValues';
export { refuse } from './refuse';
