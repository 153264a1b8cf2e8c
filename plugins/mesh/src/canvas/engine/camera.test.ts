import fc from 'fast-check';
import {
  boundsOf,
  cameraBeside,
  cameraFor,
  toScreen,
  toWorld,
  viewOf,
} from './camera';

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

  it('keeps what it is fitted to out of the corner, where there is room', () => {
    const corner = { width: 172, height: 184 };
    const size = { width: 816, height: 690 };
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 300, max: 3_000 }),
        fc.integer({ min: 200, max: 3_000 }),
        (x, y, width, height) => {
          const bounds = { x, y, width, height };
          const camera = cameraBeside(bounds, size, corner);
          const from = toScreen(camera, bounds);
          const to = toScreen(camera, { x: x + width, y: y + height });
          expect(from.x).toBeGreaterThanOrEqual(0);
          expect(to.y).toBeLessThanOrEqual(size.height);
          expect(
            to.x <= size.width - corner.width || from.y >= corner.height,
          ).toBe(true);
        },
      ),
    );
    const small = { width: 360, height: 420 };
    const wide = { x: 0, y: 0, width: 1000, height: 1000 };
    expect(cameraBeside(wide, small, corner)).toEqual(cameraFor(wide, small));
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
