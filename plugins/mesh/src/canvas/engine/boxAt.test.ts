import { boxAt } from './boxAt';

const layout = {
  marks: new Map(),
  boxes: new Map([
    ['outer', { x: 0, y: 0, width: 400, height: 300 }],
    ['inner', { x: 50, y: 60, width: 100, height: 100 }],
  ]),
  revision: 1,
};

describe('boxAt', () => {
  it.each([
    [{ x: 60, y: 150 }, false, 'inner'],
    [{ x: 300, y: 150 }, false, 'outer'],
    [{ x: 500, y: 150 }, false, undefined],
    [{ x: 60, y: 70 }, true, 'inner'],
    [{ x: 60, y: 150 }, true, undefined],
    [{ x: 300, y: 20 }, true, 'outer'],
  ])('at %j, by its name %s, is %s', (point, isName, expected) => {
    expect(boxAt(layout, point, 1, isName)).toBe(expected);
  });

  it('has a larger name from far away', () => {
    expect(boxAt(layout, { x: 300, y: 150 }, 0.1, true)).toBe('outer');
  });
});
