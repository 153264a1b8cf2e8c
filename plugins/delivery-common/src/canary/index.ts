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
