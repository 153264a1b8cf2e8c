import { sparklinePaths } from './sparklinePaths';

describe('sparklinePaths', () => {
  it('draws from zero to the largest value', () => {
    expect(sparklinePaths([0, 5, 10], 20, 13)).toEqual([
      'M0.0 11.5L10.0 6.5L20.0 1.5',
    ]);
  });

  it('leaves gaps where nothing was measured', () => {
    expect(sparklinePaths([1, 1, null, 1], 30, 13)).toEqual([
      'M0.0 1.5L10.0 1.5',
      'M30.0 1.5h1.5',
    ]);
  });

  it('has nothing to draw without values', () => {
    expect(sparklinePaths([], 10, 10)).toEqual([]);
    expect(sparklinePaths([null, null], 10, 10)).toEqual([]);
  });

  it('draws a flat line for zeros', () => {
    expect(sparklinePaths([0, 0], 10, 10)).toEqual(['M0.0 8.5L10.0 8.5']);
  });
});
