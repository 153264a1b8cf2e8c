export { diagramOfPicture } from './diagramOfPicture';
export { ExportError, type ExportProblem } from './ExportError';
export { exportPng, exportSvg, type PictureExport } from './exportPicture';
export type { Caption, PictureSource, ShownPicture } from './types';
export { usePictureRef } from './usePictureRef';
