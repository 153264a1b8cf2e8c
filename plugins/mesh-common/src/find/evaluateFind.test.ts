import { SHOP } from './__testUtils__/graph';
import { CASES, long } from './__testUtils__/shopCases';
import { evaluateFind } from './evaluateFind';
import { parseFind } from './parseFind';

describe('evaluateFind', () => {
  it.each(CASES)('%s', (expression, expected) => {
    const found = evaluateFind(parseFind(expression), SHOP);
    const wanted = expected
      .split(' ')
      .filter(short => short !== '')
      .map(long);
    expect([...found.nodes, ...found.edges].sort()).toEqual(wanted.sort());
  });

  it('has cases enough to speak for the language', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(150);
  });

  it('finds operations as nodes, and what is asked of others', () => {
    const [first, second] = SHOP.nodes;
    const asked = {
      ...SHOP,
      nodes: [
        { ...first, kind: 'operation' as const, name: 'GET /pay' },
        {
          ...second,
          operations: [
            { name: 'GET /list', requestsPerSecond: 1, errorShare: 0 },
          ],
        },
      ],
      edges: [],
    };
    const found = (expression: string) => [
      ...evaluateFind(parseFind(expression), asked).nodes,
    ];
    expect(found('operation ^= "GET"')).toEqual([first.id, second.id]);
    expect(found('operation = "GET /pay"')).toEqual([first.id]);
    // A name that is no operation's is none.
    expect(found(`operation = "${second.name}"`)).toEqual([]);
  });

  it('calls nothing outside where all namespaces were asked for', () => {
    const all = { ...SHOP, namespaces: [] };
    expect(evaluateFind(parseFind('outside'), all).nodes.size).toBe(0);
  });

  it('finds neither more nor less where a sample is no number', () => {
    const [first, ...rest] = SHOP.edges;
    const broken = {
      ...SHOP,
      edges: [
        { ...first, traffic: { ...first.traffic, p95Milliseconds: NaN } },
        ...rest,
      ],
    };
    for (const expression of ['rt > 1', 'rt <= 1', 'rt = 1', 'rt != 1']) {
      const { edges } = evaluateFind(parseFind(expression), broken);
      expect([expression, edges.has(first.id)]).toEqual([expression, false]);
    }
  });

  it('keeps to the graph when an edge ends at a node that is not there', () => {
    const torn = { ...SHOP, nodes: SHOP.nodes.slice(1) };
    const found = evaluateFind(
      parseFind('upstream(order) or ends(edges) or from("gateway")'),
      torn,
    );
    expect(found.nodes.has('edge/gateway')).toBe(false);
    expect(found.nodes.has('shop/web')).toBe(true);
  });
});
