export { historyQueries } from './historyQueries';
export {
  EXTRA_QUERY_NAMES,
  GRAPH_QUERY_NAMES,
  graphQueries,
  type ExtraQueryName,
  type GraphQueryName,
} from './queries';
