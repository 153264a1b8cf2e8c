import { zoomChange } from './zoomLevels';

const view = { x: 0, y: 0, width: 900, height: 600 };
const closed: [string, { x: number; y: number }][] = [
  ['wealth', { x: 460, y: 310 }],
  ['loan', { x: 880, y: 590 }],
];
const opened = (width: number): [string, typeof view][] => [
  ['platform', { ...view, width }],
];

describe('zooming', () => {
  it.each([
    [
      'opens what is in the middle from near',
      2,
      500,
      { id: 'wealth', isOpen: true },
    ],
    ['leaves all as it is at a usual distance', 1, 500, undefined],
    [
      'closes what it opened only from far',
      0.3,
      100,
      { id: 'platform', isOpen: false },
    ],
    ['does not close what still fills the view', 0.3, 300, undefined],
  ])('%s', (_, scale, width, expected) => {
    expect(zoomChange({ scale, view, closed, opened: opened(width) })).toEqual(
      expected,
    );
  });

  it('opens nothing where nothing closed is', () => {
    expect(
      zoomChange({ scale: 3, view, closed: [closed[1]], opened: [] }),
    ).toBeUndefined();
  });
});
