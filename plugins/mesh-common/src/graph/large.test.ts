import { diffGraphs, joinDelta, splitDelta } from '../deltas';
import { explainHealth } from '../explain';
import { evaluateFind, hideFind, parseFind } from '../find';
import type { MeshGraph } from '../schema';
import { http } from './__fixtures__/samples';
import { buildGraph } from './buildGraph';

const NODES = 10_000;
const NASTY = '<img src=x onerror=alert(1)>"}\\ \u202e';

/** Ten thousand workloads, each calling the next; one has a name that is none. */
function large(failing: number): MeshGraph {
  const nameOf = (index: number) =>
    index % NODES === 7
      ? `team-7/${NASTY}`
      : `team-${index % 100}/app${index % NODES}`;
  return {
    cluster: 'kepler',
    graphType: 'workload',
    namespaces: [],
    window: 60,
    at: '2026-11-23T10:00:00Z',
    sources: [],
    warnings: [],
    ...buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: {
            requests: Array.from({ length: NODES }, (_, index) =>
              http(`${nameOf(index)} -> ${nameOf(index + 1)}`, 1, {
                response_code: index < failing ? '503' : '200',
              }),
            ),
          },
          objects: {},
        },
      ],
      options: { graphType: 'workload', namespaces: [] },
    }),
  };
}

describe('a graph of ten thousand nodes', () => {
  const graph = large(0);

  it('is built whole', () => {
    expect(graph.nodes).toHaveLength(NODES);
    expect(graph.edges).toHaveLength(NODES);
  });

  it('keeps a name of markup as the text that it is', () => {
    const node = graph.nodes.find(({ name }) => name === NASTY);
    expect(node?.namespace).toBe('team-7');
    expect(
      evaluateFind(parseFind(`name = ${JSON.stringify(NASTY)}`), graph).nodes,
    ).toEqual(new Set([node?.id]));
  });

  it('can be searched, hidden and explained without running out of stack', () => {
    const all = evaluateFind(parseFind('downstream(name = app500)'), graph);
    expect(all.nodes.size).toBe(NODES);
    const half = evaluateFind(parseFind('namespace ~= /^team-[0-4].$/'), graph);
    expect(hideFind(graph, half).nodes.length).toBeLessThan(NODES);
    const chain = large(NODES);
    expect(explainHealth(chain, chain.nodes[0].id)?.callers).toHaveLength(1);
  });

  it('changes in parts that make the whole again', () => {
    const delta = diffGraphs(graph, large(5000));
    const parts = splitDelta(delta);
    expect(parts.length).toBeGreaterThan(10);
    expect(joinDelta(parts)).toEqual(delta);
  });
});
