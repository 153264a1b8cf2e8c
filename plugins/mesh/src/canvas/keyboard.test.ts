import { lastOf, paceOf, wayOf } from './keyboard';

const places = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 200, y: -50 }],
  ['c', { x: 200, y: 50 }],
  ['far', { x: 900, y: 0 }],
]);
const link = (source: string, target: string) => ({
  id: `${source}>${target}`,
  source,
  target,
});
const ways = {
  places,
  links: [link('a', 'far'), link('a', 'b'), link('b', 'b')],
};

describe('walking with arrow keys', () => {
  it.each([
    ['a', 'ArrowRight', 'b'],
    ['b', 'ArrowLeft', 'a'],
    ['b', 'ArrowDown', 'c'],
    ['c', 'ArrowUp', 'b'],
    ['b', 'ArrowRight', undefined],
    ['a', 'ArrowLeft', undefined],
    ['a', 'Enter', undefined],
    ['gone', 'ArrowRight', undefined],
  ])('from %s with %s is %s', (id, key, expected) => {
    expect(wayOf(ways, id, key, false)).toBe(expected);
  });

  it.each([
    ['a', 'ArrowRight', 'a>b'],
    ['b', 'ArrowLeft', 'a>b'],
    ['a>b', 'ArrowRight', 'b'],
    ['a>b', 'ArrowLeft', 'a'],
    ['a>b', 'ArrowDown', 'a>far'],
    ['a>far', 'ArrowUp', 'a>b'],
    ['a>b', 'ArrowUp', undefined],
    ['a>b', 'Home', undefined],
  ])('over lines from %s with %s is %s', (id, key, expected) => {
    expect(wayOf(ways, id, key, true)).toBe(expected);
  });

  it('ends at the mark on the right, and moves marks by paces', () => {
    expect(lastOf(ways)).toBe('far');
    expect(lastOf({ places: new Map(), links: [] })).toBeUndefined();
    expect(
      ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'a'].map(paceOf),
    ).toEqual([
      { x: 0, y: -24 },
      { x: 0, y: 24 },
      { x: -24, y: 0 },
      { x: 24, y: 0 },
      undefined,
    ]);
  });
});
