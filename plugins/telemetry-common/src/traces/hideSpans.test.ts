import { half } from './__testUtils__/half';
import { assembleTrace } from './assembleTrace';
import { compareDependencies } from './compareDependencies';
import { hideSpans, servicesOfTrace } from './hideSpans';
import { matchesTrace } from './matchesTrace';
import { summarizeTrace } from './summarizeTrace';
import { readZipkinSpan } from './zipkinSpans';

const trace = () =>
  assembleTrace(
    '1',
    [
      half('CLIENT', 'web.shop', '1', [0, 100], {
        tags: { upstream_cluster: 'outbound|80||cart.secret' },
      }),
      half('SERVER', 'cart.secret', '1', [5, 90], {
        tags: {
          'http.url': 'http://cart.secret/x',
          'istio.canonical_revision': 'v2',
          error: 'true',
        },
        annotations: [{ timestamp: 1, value: 'secret event' }],
      }),
      half('CLIENT', 'cart.secret', '2', [10, 20], { parentId: '1' }),
      half('SERVER', 'stock.secret', '2', [12, 10], { parentId: '1' }),
    ].map(readZipkinSpan),
  );

describe('hideSpans', () => {
  it('leaves no trace of the names that may not be seen', () => {
    const hidden = hideSpans(trace(), service => service === 'web.shop');
    expect(JSON.stringify(hidden)).not.toContain('secret');
    expect(hidden.spans).toHaveLength(2);
    expect(hidden.problems).toContainEqual({ kind: 'hidden', spanCount: 2 });
    expect(hidden.spans[0]).toMatchObject({
      isHidden: true,
      client: { service: 'web.shop' },
      durationMilliseconds: 90,
    });
  });

  it('names no hidden caller or callee on what may be seen', () => {
    const hidden = hideSpans(trace(), service => service === 'stock.secret');
    expect(JSON.stringify(hidden)).not.toMatch(/cart|web/);
    expect(hidden.spans[1].service).toBe('stock.secret');
  });

  it('changes nothing for those who may see all', () => {
    expect(hideSpans(trace(), () => true)).toEqual(trace());
    expect([...servicesOfTrace(trace())].sort()).toEqual([
      'cart.secret',
      'stock.secret',
      'web.shop',
    ]);
  });
});

describe('matchesTrace', () => {
  it.each([
    [{ service: 'web.shop' }, true],
    [{ service: 'web.shop', remoteService: 'cart.secret' }, true],
    [{ service: 'web.shop', remoteService: 'stock.secret' }, false],
    [
      { service: 'web.shop', remoteService: 'cart.secret', version: 'v2' },
      true,
    ],
    [
      { service: 'web.shop', remoteService: 'cart.secret', version: 'v1' },
      false,
    ],
    [{ service: 'cart.secret', version: 'v2', errorsOnly: true }, true],
    [{ service: 'stock.secret', errorsOnly: true }, false],
    [{ service: 'other.shop' }, false],
  ])('%j is %s', (filter, expected) => {
    expect(matchesTrace(trace(), { errorsOnly: false, ...filter })).toBe(
      expected,
    );
  });
});

describe('summarizeTrace', () => {
  it('tells who began it, how long it took and what failed', () => {
    expect(summarizeTrace(trace(), 'cart.secret')).toMatchObject({
      rootService: 'web.shop',
      durationMilliseconds: 100,
      spanCount: 2,
      errorCount: 1,
      version: 'v2',
    });
  });

  it('says nothing of a trace without times', () => {
    expect(
      summarizeTrace(
        assembleTrace('1', [
          readZipkinSpan(
            half('SERVER', 'a.n', '1', [0, 0], { timestamp: undefined }),
          ),
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('compareDependencies', () => {
  it('says who saw a call, and why the other did not', () => {
    const links = compareDependencies(
      [
        { source: 'a', target: 'b', calls: 3, errors: 1 },
        { source: 'a', target: 'mysql', calls: 2, errors: 0 },
      ],
      [
        { source: 'a', target: 'b', requests: 900 },
        { source: 'b', target: 'c', requests: 5 },
        { source: 'b', target: 'd', requests: 500 },
        { source: 'unknown', target: 'a', requests: 500 },
      ],
    );
    expect(
      links.map(({ source, target, seenBy, reason }) => [
        `${source} ${target}`,
        seenBy,
        reason,
      ]),
    ).toEqual([
      ['a mysql', 'traces', 'outside-mesh'],
      ['b d', 'mesh', 'no-spans'],
      ['unknown a', 'mesh', 'from-outside'],
      ['b c', 'mesh', 'few-requests'],
      ['a b', 'both', undefined],
    ]);
  });
});
