export { MeshCanvas, type MeshCanvasProps } from './MeshCanvas';
export {
  DEPTHS,
  formatLevels,
  parseLevels,
  type Depth,
  type Levels,
} from './levels';
export { COMPARISON_GLYPHS } from './render/glyphs';
export type { MarksOf } from './scene/comparisons';
export { EDGE_LABELS, type EdgeLabel } from './scene/linkLabel';
export type { ComparisonMark } from './scene/types';
export { meshCanvasTranslationRef } from './translation';
export {
  diagramOfPicture,
  ExportError,
  exportPng,
  exportSvg,
  type Caption,
  type PictureExport,
  type PictureSource,
} from './export';
