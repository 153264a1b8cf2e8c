import fc from 'fast-check';
import { formatFloat, parseFloatStrict } from './number-format';

describe('formatFloat', () => {
  it.each([
    [1, '1'],
    [0.1, '0.1'],
    [-0, '-0'],
    [1e21, '1000000000000000000000'],
    [1.5e9, '1500000000'],
    [1.234e-7, '0.0000001234'],
    [-5e-324, `-0.${'0'.repeat(323)}5`],
    [NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
  ])('writes %d as %s', (value, text) => {
    expect(formatFloat(value)).toBe(text);
  });

  it('reads back as the same number and has no exponent', () => {
    fc.assert(
      fc.property(fc.double(), value => {
        const text = formatFloat(value);
        expect(text).not.toMatch(/e/);
        expect(parseFloatStrict(text)).toBe(value);
      }),
    );
  });
});

describe('parseFloatStrict', () => {
  it.each([
    ['1e3', 1000],
    ['0x1F', 31],
    ['-0x1F', -31],
    ['+Inf', Infinity],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['nan', NaN],
    ['1_000', 1000],
    ['', undefined],
    ['1s', undefined],
    ['1 ', undefined],
    ['one', undefined],
  ])('reads %j as %d', (text, value) => {
    expect(parseFloatStrict(text)).toBe(value);
  });
});
