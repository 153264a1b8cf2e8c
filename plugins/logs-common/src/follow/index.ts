export {
  logDeltaSchema,
  logPodTargetsSchema,
  podLogQuerySchema,
  type LogDelta,
  type LogPodTarget,
  type LogPodTargets,
  type PodLogQuery,
} from './follow';
