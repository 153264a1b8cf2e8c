export { BURN_WINDOWS, judgeLevel, type LevelFacts } from './judgeLevel';
export { readLevels, type DeclaredLevel } from './readLevels';
export { shareAbove, type LatencyBucket } from './shareAbove';
export {
  serviceLevelSchema,
  serviceLevelsResponseSchema,
  type ServiceLevel,
  type ServiceLevelsResponse,
} from './slo';
