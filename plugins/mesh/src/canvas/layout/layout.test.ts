import ELK from 'elkjs/lib/elk.bundled.js';
import { CELL, computeLayout, shortestPathEdges } from './computeLayout';
import { createElkLayout } from './elkLayout';
import { keepLayout } from './keepLayout';
import type { LayoutInput } from './types';

const layered = createElkLayout(new ELK());

const input: LayoutInput = {
  groups: [
    {
      id: 'wealth',
      isBox: true,
      marks: ['order', 'payment', 'quote'],
      edges: [
        ['order', 'payment'],
        ['order', 'quote'],
      ],
    },
    { id: 'loan', isBox: true, marks: ['scoring'], edges: [] },
    { id: 'bank', isBox: false, marks: ['bank'], edges: [] },
  ],
  edges: [
    ['wealth', 'loan'],
    ['wealth', 'bank'],
  ],
};

function withMarks(...marks: string[]): LayoutInput {
  const [wealth, ...others] = input.groups;
  return { ...input, groups: [{ ...wealth, marks }, ...others] };
}

describe('computeLayout', () => {
  it('puts marks into their boxes, apart from each other, callers first', async () => {
    const { marks, boxes } = await computeLayout(input, layered, 1);
    const wealth = boxes.get('wealth');
    const order = marks.get('order');
    const payment = marks.get('payment');
    const quote = marks.get('quote');
    const scoring = marks.get('scoring');
    if (!wealth || !order || !payment || !quote || !scoring) {
      throw new Error('something has no place');
    }
    for (const mark of [order, payment, quote]) {
      expect(mark.x).toBeGreaterThan(wealth.x);
      expect(mark.x).toBeLessThan(wealth.x + wealth.width);
      expect(mark.y).toBeGreaterThan(wealth.y);
      expect(mark.y).toBeLessThan(wealth.y + wealth.height);
    }
    expect(order.x).toBeLessThan(payment.x);
    expect(Math.abs(payment.y - quote.y)).toBeGreaterThanOrEqual(CELL.height);
    expect(scoring.x).toBeGreaterThan(wealth.x + wealth.width);
    expect(boxes.has('bank')).toBe(false);
    expect(marks.has('bank')).toBe(true);
  });

  it('packs hundreds of groups without a layered layout of them', async () => {
    const groups = Array.from({ length: 200 }, (_, index) => ({
      id: `n${index}`,
      isBox: true,
      marks: [`m${index}`],
      edges: [],
    }));
    const never = () => Promise.reject(new Error('should not be asked'));
    const { boxes } = await computeLayout({ groups, edges: [] }, never, 1);
    const places = new Set([...boxes.values()].map(box => `${box.x} ${box.y}`));
    expect(places.size).toBe(200);
  });
});

describe('shortestPathEdges', () => {
  it('stacks what is reached in as many steps', () => {
    expect(
      shortestPathEdges(
        ['gateway', 'loan', 'wealth', 'platform'],
        [
          ['gateway', 'loan'],
          ['gateway', 'wealth'],
          ['loan', 'wealth'],
          ['wealth', 'platform'],
        ],
      ),
    ).toEqual([
      ['gateway', 'loan'],
      ['gateway', 'wealth'],
      ['wealth', 'platform'],
    ]);
  });

  it('keeps a ring that nothing leads into', () => {
    const ring: [string, string][] = [
      ['a', 'b'],
      ['b', 'a'],
    ];
    expect(shortestPathEdges(['a', 'b'], ring)).toEqual(ring);
  });
});

describe('keepLayout', () => {
  it('moves nothing when marks come and go', async () => {
    const old = await computeLayout(input, layered, 1);
    expect(keepLayout(old, input)).toBe(old);
    const grown = keepLayout(
      old,
      withMarks('new', 'order', 'payment', 'quote'),
    );
    expect(grown?.marks.get('order')).toEqual(old.marks.get('order'));
    expect(grown?.revision).toBe(old.revision);
    const box = grown?.boxes.get('wealth');
    const place = grown?.marks.get('new');
    if (!box || !place) {
      throw new Error('the newcomer has no place');
    }
    expect(place.y).toBeLessThan(box.y + box.height);
    const shrunk = keepLayout(old, withMarks('order'));
    expect(shrunk?.marks.get('order')).toEqual(old.marks.get('order'));
    expect(shrunk?.marks.has('quote')).toBe(false);
  });

  it('gives up for a new box', async () => {
    const old = await computeLayout(input, layered, 1);
    const more = {
      ...input,
      groups: [
        ...input.groups,
        { id: 'platform', isBox: true, marks: ['audit'], edges: [] },
      ],
    };
    expect(keepLayout(old, more)).toBeUndefined();
  });
});
