import { createTrafficShape } from './shape';

const start = Date.UTC(2026, 10, 23, 12);

describe('createTrafficShape', () => {
  it('has a mean of one over a day', () => {
    const shape = createTrafficShape(start);
    const day = shape.integral(start + 86_400_000) - shape.integral(start);
    expect(day / 86_400).toBeCloseTo(1, 2);
  });

  it.each([1, 24])(
    'integrates what it says at each instant, speed %s',
    speed => {
      const shape = createTrafficShape(start, speed);
      let sum = 0;
      for (let second = -3600; second < 0; second++) {
        sum += shape.at(start + second * 1000 + 500);
      }
      expect(-shape.integral(start - 3_600_000)).toBeCloseTo(sum, 1);
      expect(shape.integral(start)).toBe(0);
    },
  );

  it('never stops and has a busy and a quiet time', () => {
    const shape = createTrafficShape(start);
    const hours = Array.from({ length: 24 }, (_, hour) =>
      shape.at(start + hour * 3_600_000),
    );
    expect(Math.min(...hours)).toBeGreaterThan(0.3);
    expect(Math.max(...hours) / Math.min(...hours)).toBeGreaterThan(2);
  });
});
