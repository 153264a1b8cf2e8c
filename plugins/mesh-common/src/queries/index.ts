export { historyQueries } from './historyQueries';
export { TIMELINE_APP_LABELS, timelineQueries } from './timelineQueries';
export {
  EXTRA_QUERY_NAMES,
  GRAPH_QUERY_NAMES,
  graphQueries,
  type ExtraQueryName,
  type GraphQueryName,
} from './queries';
