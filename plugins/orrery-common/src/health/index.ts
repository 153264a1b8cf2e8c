export {
  compareHealth,
  healthSchema,
  healthStateSchema,
  worstHealth,
  type Health,
  type HealthState,
} from './health';
