import { compareKeys } from './compareKeys';

describe('compareKeys', () => {
  it('puts keys of two places beside each other', () => {
    const left = [
      { key: 'b', value: 1 },
      { key: 'a', value: 1 },
    ];
    const right = [
      { key: 'b', value: 2 },
      { key: 'c', value: 1 },
    ];
    expect(
      compareKeys(left, right, (one, other) => one.value === other.value),
    ).toEqual([
      { key: 'a', state: 'onlyLeft', left: left[1] },
      { key: 'b', state: 'different', left: left[0], right: right[0] },
      { key: 'c', state: 'onlyRight', right: right[1] },
    ]);
    expect(compareKeys(left, left, () => true)[0].state).toBe('same');
  });
});
