import { createFormat } from '.';

const format = createFormat('en');

describe('format', () => {
  it.each([
    [undefined, '–'],
    [Number.NaN, '–'],
    [0, '0/s'],
    [0.004, '< 0.01/s'],
    [0.5, '0.5/s'],
    [24.123, '24.1/s'],
    [1284.4, '1,284/s'],
  ])('writes a rate of %s as %s', (value, text) => {
    expect(format.rate(value)).toBe(text);
  });

  it.each([
    [undefined, '–'],
    [0, '0 %'],
    [0.0002, '< 0.1 %'],
    [0.1234, '12.3 %'],
    [1, '100 %'],
  ])('writes a share of %s as %s', (value, text) => {
    expect(format.percent(value)).toBe(text);
  });

  it.each([
    [undefined, '–'],
    [0.84, '0.8 ms'],
    [842, '842 ms'],
    [2140, '2.14 s'],
    [42_000, '42 s'],
  ])('writes %s milliseconds as %s', (value, text) => {
    expect(format.milliseconds(value)).toBe(text);
  });

  it('scales bytes', () => {
    expect(format.bytesPerSecond(1_234_000)).toBe('1.23 MB/s');
    expect(format.bytesPerSecond(12)).toBe('12 B/s');
  });

  it('says how long ago, in the language of the app', () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    expect(format.ago(now - 4000, now)).toBe('4 seconds ago');
    expect(format.ago(now - 7_300_000, now)).toBe('2 hours ago');
    expect(createFormat('zh').ago(now - 240_000, now)).toBe('4分钟前');
  });
});
