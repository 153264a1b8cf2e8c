import type { Frame } from './types';

/** A small lock around a point; one that is open is easy to see. */
export function drawLock(
  frame: Frame,
  x: number,
  y: number,
  state: 'open' | 'closed',
): void {
  const { context, palette } = frame;
  const isOpen = state === 'open';
  context.fillStyle = palette.surface;
  context.strokeStyle = isOpen
    ? palette.health.degraded.line
    : palette.textSoft;
  context.lineWidth = isOpen ? 1.4 : 1;
  context.setLineDash([]);
  context.beginPath();
  if (isOpen) {
    context.arc(x - 3, y - 3, 3, Math.PI, Math.PI * 1.9);
  } else {
    context.arc(x, y - 2, 3, Math.PI, 0);
  }
  context.stroke();
  context.beginPath();
  context.roundRect(x - 5, y - 2, 10, 8, 1.5);
  context.fill();
  context.stroke();
}
