import { kqlContextAt } from '.';

describe('kqlContextAt', () => {
  it.each([
    ['|', 'field', undefined, ''],
    ['lev|', 'field', undefined, 'lev'],
    ['level|', 'field', undefined, 'level'],
    ['level:|', 'value', 'level', ''],
    ['level: |', 'value', 'level', ''],
    ['level: er|', 'value', 'level', 'er'],
    ['level: "connection re|', 'value', 'level', 'connection re'],
    ['level: error |', 'operator', undefined, ''],
    ['level: error and |', 'field', undefined, ''],
    ['level: error and ser|', 'field', undefined, 'ser'],
    ['level: error or not |', 'field', undefined, ''],
    ['level: (|', 'value', 'level', ''],
    ['level: (error or |', 'value', 'level', ''],
    ['level: (error or wa|', 'value', 'level', 'wa'],
    ['level: (error or warn) |', 'operator', undefined, ''],
    ['level: (error or warn) and |', 'field', undefined, ''],
    ['status >= |', 'value', 'status', ''],
    ['(a and b|', 'field', undefined, 'b'],
    ['lev| and x: y', 'field', undefined, 'lev'],
    ['timeout |', 'operator', undefined, ''],
  ])('%s takes a %s', (marked, kind, field, prefix) => {
    const position = marked.indexOf('|');
    const context = kqlContextAt(marked.replace('|', ''), position);
    expect({ field: undefined, ...context }).toEqual({
      kind,
      field,
      prefix,
      from: expect.any(Number),
    });
    expect(marked.slice(context.from, position).replace('"', '')).toBe(prefix);
  });
});
