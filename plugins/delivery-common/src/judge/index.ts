export { judge, type JudgeInput } from './judge';
export { minimumRequestsFor } from './minimumRequests';
export {
  customLimitSchema,
  judgedMetricSchema,
  judgeLimitsSchema,
  metricStateSchema,
  verdictSchema,
  type CustomLimit,
  type JudgedMetric,
  type JudgedSide,
  type JudgeLimits,
  type LatencyBuckets,
  type Verdict,
} from './schema';
