import fc from 'fast-check';
import { half } from './__testUtils__/half';
import { assembleTrace } from './assembleTrace';
import { stretchOfSpan } from './criticalPath';
import { readZipkinSpan } from './zipkinSpans';

const EPOCH = 1_700_000_000_000;

function assemble(...reports: ReturnType<typeof half>[]) {
  return assembleTrace('1', reports.map(readZipkinSpan));
}

describe('assembleTrace', () => {
  it('joins the two halves of a call that share an id', () => {
    const { spans, problems } = assemble(
      half('CLIENT', 'web.shop', 'a', [0, 100], {
        tags: { component: 'proxy', upstream_cluster: 'outbound' },
      }),
      half('SERVER', 'cart.shop', 'a', [10, 80], {
        tags: { component: 'proxy' },
      }),
    );
    expect(problems).toEqual([]);
    expect(spans).toEqual([
      expect.objectContaining({
        id: '000000000000000a',
        service: 'cart.shop',
        startMilliseconds: EPOCH + 10,
        durationMilliseconds: 80,
        remoteService: 'web.shop',
        client: {
          service: 'web.shop',
          startMilliseconds: EPOCH,
          durationMilliseconds: 100,
          tags: { upstream_cluster: 'outbound' },
        },
      }),
    ]);
  });

  it.each([
    [
      'missing-parents',
      [half('SERVER', 'a.n', '2', [0, 1], { parentId: '9' })],
      1,
    ],
    [
      'cycles',
      [
        half('SERVER', 'a.n', '1', [0, 9], { parentId: '2' }),
        half('SERVER', 'b.n', '2', [1, 2], { parentId: '1' }),
      ],
      1,
    ],
    ['cycles', [half('SERVER', 'a.n', '1', [0, 9], { parentId: '1' })], 1],
    [
      'duplicates',
      [
        half('SERVER', 'a.n', '1', [0, 9]),
        half('SERVER', 'a.n', '1', [0, 4], { tags: { error: 'true' } }),
      ],
      1,
    ],
    [
      'clock-skew',
      [
        half('CLIENT', 'a.n', '1', [0, 100]),
        half('SERVER', 'b.n', '1', [5000, 60]),
      ],
      1,
    ],
    [
      'untimed',
      [half('SERVER', 'a.n', '1', [0, 9], { timestamp: undefined })],
      1,
    ],
    [
      'several-roots',
      [half('SERVER', 'a.n', '1', [0, 9]), half('SERVER', 'b.n', '2', [0, 9])],
      2,
    ],
  ] as const)('says %s of a trace', (kind, reports, spanCount) => {
    expect(assemble(...reports).problems).toContainEqual({ kind, spanCount });
  });

  it('keeps the longer of two reports, and that it failed', () => {
    const { spans } = assemble(
      half('SERVER', 'a.n', '1', [0, 4], { tags: { error: 'true' } }),
      half('SERVER', 'a.n', '1', [0, 9]),
    );
    expect(spans).toEqual([
      expect.objectContaining({ durationMilliseconds: 9, isError: true }),
    ]);
  });

  it('gives further callees of one call ids of their own', () => {
    const { spans } = assemble(
      half('CLIENT', 'a.n', '1', [0, 9]),
      half('SERVER', 'b.n', '1', [1, 3]),
      half('SERVER', 'c.n', '1', [5, 3]),
    );
    expect(spans.map(({ id, service }) => [id.slice(-3), service])).toEqual([
      ['001', 'b.n'],
      ['1.2', 'c.n'],
    ]);
  });

  it('moves all that a host told with its clock', () => {
    const { spans } = assemble(
      half('CLIENT', 'a.n', '1', [0, 100]),
      half('SERVER', 'b.n', '1', [1000, 60]),
      half('CLIENT', 'b.n', '2', [1010, 40], { parentId: '1' }),
      half('SERVER', 'c.n', '2', [35, 30], { parentId: '1' }),
    );
    expect(
      spans.map(({ startMilliseconds = 0, client }) => [
        startMilliseconds - EPOCH,
        (client?.startMilliseconds ?? 0) - EPOCH,
      ]),
    ).toEqual([
      [20, 0],
      [35, 30],
    ]);
  });

  it('makes something of any reports, with every call inside its caller', () => {
    const report = fc.record({
      id: fc.integer({ min: 1, max: 8 }),
      parent: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      kind: fc.constantFrom('CLIENT' as const, 'SERVER' as const),
      service: fc.constantFrom('a.n', 'b.n', 'c.n'),
      start: fc.integer({ min: -5000, max: 5000 }),
      duration: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 24 }), all => {
        const { spans } = assemble(
          ...all.map(({ id, parent, kind, service, start, duration }) =>
            half(kind, service, String(id), [start, duration], {
              parentId: parent === undefined ? undefined : String(parent),
            }),
          ),
        );
        expect(new Set(spans.map(({ id }) => id)).size).toBe(spans.length);
        const joined = spans.flatMap(({ client, startMilliseconds = 0 }) =>
          client ? [{ ...client, arrived: startMilliseconds }] : [],
        );
        for (const call of joined) {
          const { startMilliseconds: begin = 0, arrived } = call;
          const wait = call.durationMilliseconds ?? 0;
          expect(arrived).toBeGreaterThanOrEqual(begin - 0.01);
          expect(arrived).toBeLessThanOrEqual(begin + wait + 0.01);
        }
        expect(spans.map(stretchOfSpan)).not.toContain(undefined);
      }),
    );
  });
});
