import {
  formatDuration,
  parseDuration,
  parseNumberLiteral,
  unquote,
} from './literals';

describe('parseDuration', () => {
  it.each([
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1y', 31_536_000_000],
    ['2w3d', 1_468_800_000],
    ['100ms', 100],
    ['0', 0],
    ['0s', 0],
    ['', undefined],
    ['5', undefined],
    ['5m1h', undefined],
    ['1.5h', undefined],
    ['-5m', undefined],
  ])('%j is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [90_000, '1m30s'],
    [604_800_000, '1w'],
    [691_200_000, '8d'],
    [31_536_000_000, '1y'],
    [-5000, '-5s'],
    [1500, '1s500ms'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('parseNumberLiteral', () => {
  it.each([
    ['1.5', 1.5],
    ['.5', 0.5],
    ['0x10', 16],
    ['5m', 300],
    ['Inf', Infinity],
    ['five', undefined],
  ])('%j is %d', (text, value) => {
    expect(parseNumberLiteral(text)).toBe(value);
  });
});

describe('unquote', () => {
  it.each([
    ['"a\\"b"', 'a"b'],
    ["'a\\'b'", "a'b"],
    ['`a\\nb`', 'a\\nb'],
    ['"\\t\\x41\\u00e9\\U0001F600\\101"', '\tAé😀A'],
    ['"a\\\\"', 'a\\'],
    ['"open', undefined],
    ['"bad\\q"', undefined],
    ['"trailing\\"', undefined],
    ['"', undefined],
  ])('%s stands for %j', (quoted, text) => {
    expect(unquote(quoted)).toBe(text);
  });
});
