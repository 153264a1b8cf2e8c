/**
 * What drawing needs of a canvas: so much that a file of vectors can take its
 * place, so that what is exported is drawn by what draws the screen.
 */
export type PaintContext = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'closePath'
  | 'ellipse'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'quadraticCurveTo'
  | 'setLineDash'
  | 'strokeStyle'
  | 'strokeText'
  | 'textAlign'
  | 'textBaseline'
> & {
  roundRect(
    x: number,
    y: number,
    width: number,
    height: number,
    radius: number,
  ): void;
  /** Fills the current path. */
  fill(): void;
  /** Draws along the current path. */
  stroke(): void;
  measureText(text: string): { width: number };
};
