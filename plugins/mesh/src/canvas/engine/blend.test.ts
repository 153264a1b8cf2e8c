import { blendLayouts, driftOf } from './blend';

const layout = (a: [number, number], b: [number, number], revision = 1) => ({
  marks: new Map([
    ['a', { x: a[0], y: a[1] }],
    ['b', { x: b[0], y: b[1] }],
  ]),
  boxes: new Map([['box', { x: a[0], y: a[1], width: 10, height: 10 }]]),
  revision,
});

describe('layouts on their way', () => {
  const from = layout([0, 0], [100, 0]);
  const to = layout([10, 20], [100, 40], 2);

  it('begin and end where they should', () => {
    expect(blendLayouts(from, to, 0)).toEqual({ ...from, revision: 2 });
    expect(blendLayouts(from, to, 1)).toEqual(to);
    expect(blendLayouts(from, to, 0.5).marks.get('a')).toEqual({ x: 5, y: 10 });
  });

  it('keep what the reader looks at in view', () => {
    expect(driftOf(from, to, { x: 5, y: 0 })).toEqual({ x: 10, y: 20 });
    expect(driftOf(from, to, { x: 90, y: 0 })).toEqual({ x: 0, y: 40 });
  });
});
