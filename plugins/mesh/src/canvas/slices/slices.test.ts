import { runSliced, runWhole, type Steps } from '.';

function* count(to: number, seen: number[]): Steps<string> {
  for (let number = 0; number < to; number++) {
    seen.push(number);
    yield;
  }
  return `counted ${seen.length}`;
}

describe('slices', () => {
  it('give the same at once and bit by bit', async () => {
    expect(runWhole(count(5, []))).toBe('counted 5');
    await expect(
      runSliced(count(5, []), {
        signal: new AbortController().signal,
        sliceMilliseconds: 0,
      }),
    ).resolves.toBe('counted 5');
  });

  it('let others take a turn, and stop when they are told to', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const work = runSliced(count(1000, seen), {
      signal: abort.signal,
      sliceMilliseconds: 0,
    });
    abort.abort();
    await expect(work).resolves.toBeUndefined();
    expect(seen.length).toBeLessThan(1000);
  });
});
