export { ARGO_ENGINE, readRollout, type RolloutInput } from './readRollout';
export { withoutSideMetadata } from './withoutSideMetadata';
export { rolloutPatches, type RolloutPatch } from './rolloutPatch';
export {
  analysisRunSchema,
  replicaSetSchema,
  rolloutSchema,
  type AnalysisRun,
  type Rollout,
  type RolloutReplicaSet,
} from './schema';
