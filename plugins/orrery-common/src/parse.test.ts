import { z } from 'zod';
import { parseWith } from './parse';

describe('parseWith', () => {
  const schema = z.object({ weight: z.number().max(100), name: z.string() });

  it('returns what fits', () => {
    expect(parseWith(schema, { weight: 5, name: 'v2' }, 'body')).toEqual({
      weight: 5,
      name: 'v2',
    });
  });

  it('names the field, what was expected and what came', () => {
    expect(() =>
      parseWith(schema, { weight: 'much', name: 'v2' }, 'body'),
    ).toThrow('weight: expected number, got "much"');
    expect(() =>
      parseWith(schema, { weight: 101, name: 'v2' }, 'body'),
    ).toThrow('weight: expected number to be <=100, got 101');
    expect(() => parseWith(schema, undefined, 'body')).toThrow(
      'body: expected object, got nothing',
    );
  });
});
