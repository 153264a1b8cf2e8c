export {
  hierarchySteps,
  isOutside,
  OUTSIDE,
  type Group,
  type GroupLevel,
  type Hierarchy,
} from './hierarchy';
export {
  chooseDepth,
  countMarks,
  DEPTHS,
  formatLevels,
  MOST_MARKS,
  openness,
  parseLevels,
  withGroup,
  withWayTo,
  type Depth,
  type Levels,
} from './levels';
export { TrafficTotal, type TrafficSum } from './TrafficTotal';
export {
  viewSteps,
  type GroupState,
  type ViewGraph,
  type ViewLink,
  type ViewMark,
} from './viewGraph';
export { zoomChange } from './zoomLevels';
