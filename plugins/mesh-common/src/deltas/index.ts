export {
  applyGraphDelta,
  diffGraphs,
  graphDeltaSchema,
  type GraphDelta,
} from './deltas';
export {
  deltaPartSchema,
  joinDelta,
  joinSnapshot,
  PART_ITEMS,
  PartCollector,
  snapshotPartSchema,
  splitDelta,
  splitSnapshot,
  type DeltaPart,
  type SnapshotPart,
} from './parts';
