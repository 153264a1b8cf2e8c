export {
  canaryCommandInputSchema,
  canarySetWeightInputSchema,
  type CanaryCommandInput,
} from './actions';
export * from './comparison';
export {
  bucketsQuery,
  HISTORY_QUERIES,
  isFailure,
  requestsQuery,
  usageQueries,
  weightsQuery,
  type SidesQuery,
} from './queries';
export * from './schema';
