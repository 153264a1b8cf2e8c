import { readLogLine } from '.';

const AT = '2026-11-26T12:00:00.000000001Z';

describe('readLogLine', () => {
  it.each([
    ['{"level":"warn","msg":"an error is near"}', 'warn'],
    ['ERROR cannot connect', 'error'],
    ['[Info] started', 'info'],
    ['GET / 200', 'unknown'],
    ['terrors of the deep', 'unknown'],
  ])('knows the level of %j', (text, level) => {
    expect(readLogLine(`${AT} ${text}`)).toEqual({ at: AT, level, text });
  });

  it('reads an empty line, cuts a long one, and refuses what has no instant', () => {
    expect(readLogLine(AT)?.text).toBe('');
    expect(readLogLine(`${AT} ${'x'.repeat(9000)}`)?.text).toHaveLength(8001);
    expect(readLogLine('unable to retrieve container logs')).toBeUndefined();
  });
});
