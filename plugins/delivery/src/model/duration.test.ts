import { formatDuration } from './duration';

describe('formatDuration', () => {
  it.each([
    [850, '850 ms'],
    [42_400, '42 s'],
    [165_187, '2 min 45 s'],
    [3_900_000, '1 h 5 min'],
  ])('writes %d milliseconds as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
