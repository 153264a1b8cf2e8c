import { load, LOAD_START_MS, labelsText } from '../testing/load';

/** Many samples are read, on machines that may be busy. */
jest.setTimeout(30_000);

const many = Object.fromEntries(
  Array.from({ length: 3000 }, (_, index) => [
    `m{i="${index}"}`,
    [index, index + 15, index + 30],
  ]),
);

describe('Engine', () => {
  const { prometheus } = load(many);
  const { engine } = prometheus;
  const last = LOAD_START_MS + 30_000;

  it('answers every step of a range, both ends included', async () => {
    const { value, times } = await engine.range('m{i="7"}', {
      startMs: LOAD_START_MS,
      endMs: last + 10_000,
      stepMs: 20_000,
    });
    expect([...times]).toEqual([
      LOAD_START_MS,
      LOAD_START_MS + 20_000,
      LOAD_START_MS + 40_000,
    ]);
    if (value.type !== 'vector') throw new Error(value.type);
    expect([...value.vector.values.slice(0, 3)]).toEqual([7, 22, 37]);
  });

  it('leaves steps without a sample empty', async () => {
    const { value } = await engine.range('m{i="7"}', {
      startMs: LOAD_START_MS - 15_000,
      endMs: LOAD_START_MS,
      stepMs: 15_000,
    });
    if (value.type !== 'vector') throw new Error(value.type);
    expect([value.vector.has(0, 0), value.vector.has(0, 1)]).toEqual([
      false,
      true,
    ]);
  });

  it('gives the raw samples of a range vector', async () => {
    const { value, labels } = await engine.instant('m{i="7"}[20s]', last);
    if (value.type !== 'matrix') throw new Error(value.type);
    expect(value.series).toHaveLength(1);
    const [series] = value.series;
    expect(labelsText(labels.toRecord(series.labels))).toBe(
      '{__name__="m",i="7"}',
    );
    expect(series.times).toEqual([last - 15_000, last]);
    expect(series.values).toEqual([22, 37]);
  });

  it('refuses a string as a range', async () => {
    await expect(
      engine.range('"x"', { startMs: 0, endMs: 1, stepMs: 1 }),
    ).rejects.toThrow('invalid expression type "string" for range query');
  });

  it('lets other work run during a long query', async () => {
    let turns = 0;
    let running = true;
    const turn = () => {
      turns += 1;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    // Work that surely takes longer than one slice on any machine.
    const heavy = 'sum(max_over_time(rate(m[30s])[1h:1s]))';
    await engine.instant(heavy, last);
    running = false;
    expect(turns).toBeGreaterThan(3);
  });

  it('stops a query whose time is over', async () => {
    await expect(
      engine.instant('sum(max_over_time(m[1h:1s]))', last, { timeoutMs: 1 }),
    ).rejects.toThrow('query timed out in expression evaluation');
  });

  it('stops a query whose asker has gone', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(
      engine.instant('sum(max_over_time(m[1h:1s]))', last, {
        signal: controller.signal,
      }),
    ).rejects.toThrow('query was canceled');
  });

  it('refuses a result that would not fit into memory', async () => {
    await expect(
      engine.range('m', { startMs: last, endMs: last + 20e6, stepMs: 1000 }),
    ).rejects.toThrow('query processing would load too many samples');
  });

  it('keeps labels that only a query makes out of storage', async () => {
    const before = prometheus.memory().labelPairs;
    await engine.instant('count_values("value", m)', last);
    await engine.instant('label_replace(m, "new", "x$1", "i", "(.*)")', last);
    expect(prometheus.memory().labelPairs).toBe(before);
  });
});
