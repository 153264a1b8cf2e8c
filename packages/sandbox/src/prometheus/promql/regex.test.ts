import { anchoredExpression, compileAnchored } from './regex';

describe('compileAnchored', () => {
  it.each([
    ['a|b', 'a', true],
    ['a|b', 'ab', false],
    ['10\\.0\\.0\\.1', '10.0.0.1', true],
    ['10\\.0\\.0\\.1', '10a0a0a1', false],
    ['a.c', 'abc', true],
    ['a.c', 'a\nc', true],
    ['', '', true],
    ['', 'x', false],
    ['5..', '503', true],
    ['^5\\d\\d$', '503', true],
    ['(?i)abc', 'ABC', true],
    ['(?P<x>a)b', 'ab', true],
    ['[[:alpha:]]+', 'abc', true],
    ['[[:alpha:]]+', 'ab1', false],
    ['\\Qa.b\\E+', 'a.bb', true],
    ['\\pL+', 'é', true],
    ['\\Aab\\z', 'ab', true],
    ['a||b', '', true],
  ])('%s on %j: %s', (pattern, text, matches) => {
    expect(compileAnchored(pattern)(text)).toBe(matches);
  });

  it.each([
    ['(', 'missing closing ): `(`'],
    ['a(b(c)', 'missing closing )'],
    ['a(?=b)', 'invalid or unsupported Perl syntax'],
    ['(a)\\1', 'invalid or unsupported Perl syntax'],
    ['[[:nothing:]]', 'invalid or unsupported Perl syntax'],
    ['*', 'invalid syntax'],
  ])('refuses %s', (pattern, message) => {
    expect(() => compileAnchored(pattern)).toThrow(message);
  });
});

describe('anchoredExpression', () => {
  it('has the groups of the pattern', () => {
    expect(anchoredExpression('(?P<a>.)(.)').exec('xy')?.groups).toEqual({
      a: 'x',
    });
  });
});
