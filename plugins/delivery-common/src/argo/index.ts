export { ARGO_ENGINE, readRollout, type RolloutInput } from './readRollout';
export { rolloutPatches, type RolloutPatch } from './rolloutPatch';
export {
  analysisRunSchema,
  replicaSetSchema,
  rolloutSchema,
  type AnalysisRun,
  type Rollout,
  type RolloutReplicaSet,
} from './schema';
