import fc from 'fast-check';
import { compareTags } from '.';

describe('compareTags', () => {
  it('puts the newest first', () => {
    const newestFirst = [
      'v2.0.0',
      '1.10.0',
      '1.9.1',
      '1.9',
      '1.9-rc.2',
      '1.9-rc.1',
      'latest',
      'edge',
    ];
    expect([...newestFirst].reverse().sort(compareTags)).toEqual(newestFirst);
  });

  it('is an order', () => {
    const tag = fc.stringMatching(/^[a-z0-9]{1,3}([.-][a-z0-9]{1,2}){0,2}$/);
    fc.assert(
      fc.property(tag, tag, (left, right) => {
        expect(Math.sign(compareTags(left, right))).toBe(
          -Math.sign(compareTags(right, left)) || 0,
        );
      }),
    );
  });
});
