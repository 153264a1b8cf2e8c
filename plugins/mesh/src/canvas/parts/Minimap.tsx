import {
  forwardRef,
  useImperativeHandle,
  useRef,
  type PointerEvent,
} from 'react';
import {
  boundsOf,
  cameraFor,
  toScreen,
  toWorld,
  viewOf,
  type Camera,
} from '../engine/camera';
import type { Layout } from '../layout/types';
import styles from '../MeshCanvas.module.css';
import { readPalette, type Palette } from '../render/palette';
import type { Point, Scene } from '../scene/types';

const SIZE = { width: 150, height: 92 };
const MARGIN = 6;
/** Width of the line around what is in view. */
const FRAME = 1.5;
const MOST_MARKS = 1_000;

/** @public */
export type MinimapHandle = {
  draw(camera: Camera, size: { width: number; height: number }): void;
};

/**
 * Everything in small, with the part in view framed; press or drag to go
 * there. For the eye and the pointer: the keyboard has its own ways.
 */
export const Minimap = forwardRef<
  MinimapHandle,
  { scene: Scene; layout: Layout; onGo: (place: Point) => void }
>(function MinimapPicture({ scene, layout, onGo }, ref) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const backdrop = useRef<{
    scene: Scene;
    layout: Layout;
    accent: string;
    picture: ImageData;
  }>();

  useImperativeHandle(
    ref,
    () => ({
      draw(camera, size) {
        const canvas = canvasRef.current;
        const context = canvas?.getContext('2d', { willReadFrequently: true });
        const bounds = boundsOf(layout);
        if (!canvas || !context || !bounds) {
          return;
        }
        const palette = readPalette(canvas);
        const small = cameraFor(bounds, SIZE, MARGIN, 0);
        const known = backdrop.current;
        if (
          known?.scene === scene &&
          known.layout === layout &&
          known.accent === palette.accent
        ) {
          context.putImageData(known.picture, 0, 0);
        } else {
          drawBackdrop(context, palette, small, scene, layout);
          backdrop.current = {
            scene,
            layout,
            accent: palette.accent,
            picture: context.getImageData(0, 0, SIZE.width, SIZE.height),
          };
        }
        const view = viewOf(camera, size);
        // What is in view may be more than there is.
        const from = toScreen(small, view);
        const left = Math.max(from.x, FRAME / 2);
        const top = Math.max(from.y, FRAME / 2);
        const right = Math.min(
          from.x + view.width * small.k,
          SIZE.width - FRAME / 2,
        );
        const bottom = Math.min(
          from.y + view.height * small.k,
          SIZE.height - FRAME / 2,
        );
        context.strokeStyle = palette.accent;
        context.lineWidth = FRAME;
        context.strokeRect(left, top, right - left, bottom - top);
      },
    }),
    [scene, layout],
  );

  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    const bounds = boundsOf(layout);
    if (bounds && event.buttons === 1) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      event.currentTarget.setPointerCapture(event.pointerId);
      onGo(
        toWorld(cameraFor(bounds, SIZE, MARGIN, 0), {
          x: event.clientX - left,
          y: event.clientY - top,
        }),
      );
    }
  };
  return (
    <canvas
      ref={canvasRef}
      className={styles.minimap}
      width={SIZE.width}
      height={SIZE.height}
      aria-hidden="true"
      onPointerDown={go}
      onPointerMove={go}
    />
  );
});

function drawBackdrop(
  context: CanvasRenderingContext2D,
  palette: Palette,
  small: Camera,
  scene: Scene,
  layout: Layout,
): void {
  context.clearRect(0, 0, SIZE.width, SIZE.height);
  context.lineWidth = 1;
  context.strokeStyle = palette.border;
  for (const box of layout.boxes.values()) {
    const at = toScreen(small, box);
    context.strokeRect(at.x, at.y, box.width * small.k, box.height * small.k);
  }
  const isCrowd = scene.marks.size > MOST_MARKS;
  for (const [id, mark] of scene.marks) {
    const place = layout.marks.get(id);
    // Among thousands only what is wrong can be seen in so little room.
    if (place && (!isCrowd || mark.health !== 'healthy')) {
      const { x, y } = toScreen(small, place);
      const width = mark.shape === 'group' ? Math.max(4, 120 * small.k) : 2.5;
      context.fillStyle = palette.health[mark.health].line;
      context.fillRect(x - width / 2, y - 1, width, 2.5);
    }
  }
}
