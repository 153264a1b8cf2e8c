import fc from 'fast-check';
import {
  curveBetween,
  distanceTo,
  MARK_RADIUS,
  pointAt,
  sparingCurve,
} from './curves';

const coordinate = fc.integer({ min: -2000, max: 2000 });
const point = fc.record({ x: coordinate, y: coordinate });

describe('curves', () => {
  it('lead from rim to rim', () => {
    fc.assert(
      fc.property(point, point, (source, target) => {
        fc.pre(Math.hypot(source.x - target.x, source.y - target.y) > 120);
        const curve = curveBetween(source, target);
        const distance = (from: typeof source, to: typeof source) =>
          Math.hypot(from.x - to.x, from.y - to.y);
        expect(distance(curve.from, source)).toBeCloseTo(MARK_RADIUS + 1, 6);
        expect(distance(curve.to, target)).toBeCloseTo(MARK_RADIUS + 5, 6);
        expect(pointAt(curve, 0)).toEqual(curve.from);
        expect(distanceTo(curve, pointAt(curve, 0.37))).toBeLessThan(6);
      }),
    );
  });

  it('keep the two directions of a pair apart', () => {
    const a = { x: 0, y: 0 };
    const b = { x: 300, y: 0 };
    const there = pointAt(curveBetween(a, b), 0.5);
    const back = pointAt(curveBetween(b, a), 0.5);
    expect(Math.abs(there.y - back.y)).toBeGreaterThan(20);
  });

  it('go round a mark in the way', () => {
    const obstacle = { x: 200, y: 0 };
    const isFree = (at: { x: number; y: number }, clearance: number) =>
      Math.hypot(at.x - obstacle.x, at.y - obstacle.y) > clearance;
    const curve = sparingCurve({ x: 0, y: 0 }, { x: 400, y: 0 }, isFree);
    expect(distanceTo(curve, obstacle)).toBeGreaterThan(MARK_RADIUS);
  });

  it('loop above a mark that calls itself', () => {
    const curve = curveBetween({ x: 5, y: 5 }, { x: 5, y: 5 });
    expect(pointAt(curve, 0.5).y).toBeLessThan(5 - MARK_RADIUS);
  });
});
