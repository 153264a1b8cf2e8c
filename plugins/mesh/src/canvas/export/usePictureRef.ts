import { useEffect, type MutableRefObject, type RefObject } from 'react';
import { readPalette } from '../render/palette';
import type { PictureSource, ShownPicture } from './types';

type Options = {
  canvasRef: RefObject<HTMLCanvasElement>;
  /** Undefined while there is nothing on the canvas. */
  shown: Pick<ShownPicture, 'scene' | 'layout' | 'levels'> | undefined;
} & Pick<ShownPicture, 'words' | 'edgeLabel' | 'selected' | 'highlighted'>;

/** Lets others ask what is on the canvas, for as long as it is there. */
export function usePictureRef(
  pictureRef: MutableRefObject<PictureSource | undefined> | undefined,
  options: Options,
): void {
  const { canvasRef, shown, words, edgeLabel, selected, highlighted } = options;
  useEffect(() => {
    if (!pictureRef) {
      return undefined;
    }
    const source: PictureSource = () => {
      const canvas = canvasRef.current;
      return canvas && shown
        ? {
            scene: shown.scene,
            layout: shown.layout,
            levels: shown.levels,
            palette: readPalette(canvas),
            words,
            edgeLabel,
            selected,
            highlighted,
          }
        : undefined;
    };
    pictureRef.current = source;
    return () => {
      if (pictureRef.current === source) {
        pictureRef.current = undefined;
      }
    };
  }, [pictureRef, canvasRef, shown, words, edgeLabel, selected, highlighted]);
}
