import { forwardRef, useImperativeHandle, useRef } from 'react';
import {
  boundsOf,
  cameraFor,
  toScreen,
  viewOf,
  type Camera,
} from './engine/camera';
import type { Layout } from './layout/types';
import styles from './MeshCanvas.module.css';
import { readPalette } from './render/palette';
import type { Scene } from './scene/types';

const SIZE = { width: 150, height: 92 };

/** @public */
export type MinimapHandle = {
  draw(camera: Camera, size: { width: number; height: number }): void;
};

/** Everything in small, with the part in view framed. For the eye only. */
export const Minimap = forwardRef<
  MinimapHandle,
  { scene: Scene; layout: Layout }
>(function MinimapPicture({ scene, layout }, ref) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  useImperativeHandle(
    ref,
    () => ({
      draw(camera, size) {
        const canvas = canvasRef.current;
        const context = canvas?.getContext('2d');
        const bounds = boundsOf(layout);
        if (!canvas || !context || !bounds) {
          return;
        }
        const palette = readPalette(canvas);
        const small = cameraFor(bounds, SIZE, 6, 0);
        context.clearRect(0, 0, SIZE.width, SIZE.height);
        context.strokeStyle = palette.border;
        for (const box of layout.boxes.values()) {
          const at = toScreen(small, box);
          context.strokeRect(
            at.x,
            at.y,
            box.width * small.k,
            box.height * small.k,
          );
        }
        for (const [id, mark] of scene.marks) {
          const place = layout.marks.get(id);
          if (place) {
            const { x, y } = toScreen(small, place);
            context.fillStyle = palette.health[mark.health].line;
            context.fillRect(x - 1, y - 1, 2.5, 2.5);
          }
        }
        const view = viewOf(camera, size);
        const corner = toScreen(small, view);
        context.strokeStyle = palette.accent;
        context.strokeRect(
          corner.x,
          corner.y,
          view.width * small.k,
          view.height * small.k,
        );
      },
    }),
    [scene, layout],
  );
  return (
    <canvas
      ref={canvasRef}
      className={styles.minimap}
      width={SIZE.width}
      height={SIZE.height}
      aria-hidden="true"
    />
  );
});
