export { historyQueries } from './historyQueries';
export {
  GRAPH_QUERY_NAMES,
  graphQueries,
  type GraphQueryName,
} from './queries';
