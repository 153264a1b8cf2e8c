export {
  applyGraphDelta,
  diffGraphs,
  graphDeltaSchema,
  type GraphDelta,
} from './deltas';
