export { MeshCanvas, type MeshCanvasProps } from './MeshCanvas';
export {
  DEPTHS,
  formatLevels,
  parseLevels,
  type Depth,
  type Levels,
} from './levels';
export type { MarksOf } from './scene/buildScene';
export type { EdgeLabel } from './scene/texts';
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
