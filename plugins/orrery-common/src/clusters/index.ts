export {
  clusterSummarySchema,
  scopeResponseSchema,
  type ClusterSummary,
  type ScopeResponse,
} from './clusters';
