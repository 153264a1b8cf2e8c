import fc from 'fast-check';
import { boundsOf, cameraFor, toScreen, toWorld, viewOf } from './camera';

const number = fc.integer({ min: -5000, max: 5000 });

describe('camera', () => {
  it('shows what it is fitted to', () => {
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 50, max: 20_000 }),
        fc.integer({ min: 50, max: 8_000 }),
        (x, y, width, height) => {
          const size = { width: 1200, height: 700 };
          const camera = cameraFor({ x, y, width, height }, size);
          const view = viewOf(camera, size);
          expect(view.x).toBeLessThanOrEqual(x + 1e-6);
          expect(view.y).toBeLessThanOrEqual(y + 1e-6);
          expect(view.x + view.width).toBeGreaterThanOrEqual(x + width - 1e-6);
          expect(view.y + view.height).toBeGreaterThanOrEqual(
            y + height - 1e-6,
          );
        },
      ),
    );
  });

  it('goes to the screen and back', () => {
    const camera = { x: 12, y: -40, k: 0.7 };
    const there = toScreen(camera, { x: 100, y: 50 });
    const back = toWorld(camera, there);
    expect(back.x).toBeCloseTo(100);
    expect(back.y).toBeCloseTo(50);
  });

  it('knows the bounds of marks and boxes, and of nothing', () => {
    expect(
      boundsOf({ marks: new Map(), boxes: new Map(), revision: 0 }),
    ).toBeUndefined();
    expect(
      boundsOf({
        marks: new Map([['a', { x: 0, y: 0 }]]),
        boxes: new Map([['b', { x: 100, y: 100, width: 50, height: 20 }]]),
        revision: 0,
      }),
    ).toEqual({ x: -60, y: -30, width: 210, height: 150 });
  });
});
