import { age, shortDuration } from './age';

describe('shortDuration', () => {
  it.each([
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [312, '5m12s'],
    [600, '10m'],
    [10_799, '179m'],
    [10_800, '3h'],
    [12_300, '3h25m'],
    [86_400, '24h'],
    [172_800, '2d'],
    [180_000, '2d2h'],
    [86_400 * 30, '30d'],
    [86_400 * 800, '2y70d'],
  ])('writes %d seconds as %s', (seconds, expected) => {
    expect(shortDuration(seconds)).toBe(expected);
  });

  it('knows that an instant which is no instant has no age', () => {
    expect(age(undefined, 0)).toBe('<unknown>');
    expect(age('soon', 0)).toBe('<unknown>');
  });
});
