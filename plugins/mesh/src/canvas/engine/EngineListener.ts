import type { Point } from '../scene/types';
import type { Camera, Size } from './camera';

/** What the engine tells the page. */
export type EngineListener = {
  onSelect(id: string | undefined): void;
  /** A closed box, or an open one by its name, was clicked twice. */
  onToggle(id: string): void;
  onHover(id: string | undefined, box: string | undefined): void;
  /** A mark was taken to a place in the world. */
  onMove(id: string, place: Point): void;
  /** The viewer has come to rest after panning or zooming. */
  onZoomed(camera: Camera, size: Size): void;
  /** After each frame: where the camera stood. */
  onFrame(camera: Camera, size: Size): void;
};
