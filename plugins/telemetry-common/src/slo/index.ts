export {
  serviceLevelSchema,
  serviceLevelsResponseSchema,
  type ServiceLevel,
  type ServiceLevelsResponse,
} from './slo';
