import fc from 'fast-check';
import { buildGraph } from '../graph';
import { http, OBJECTS } from '../graph/__fixtures__/samples';
import { meshGraphSchema, type MeshGraph } from '../schema';
import { applyGraphDelta, diffGraphs } from '.';

function graph(rates: readonly number[]): MeshGraph {
  const paths = [
    'wealth/order -> wealth/payment-v1',
    'wealth/order -> wealth/payment-v2',
    'wealth/payment-v1 -> loan/scoring',
    'unknown -> wealth/order',
  ];
  const requests = paths.flatMap((path, index) =>
    rates[index] > 0 ? [http(path, rates[index])] : [],
  );
  return {
    cluster: 'kepler',
    graphType: 'workload',
    namespaces: [],
    window: 60,
    at: new Date(rates[0] * 1000).toISOString(),
    sources: [{ name: 'prometheus', state: 'ok' }],
    warnings: [],
    ...buildGraph({
      clusters: [{ name: 'kepler', series: { requests }, objects: OBJECTS }],
      options: { graphType: 'workload', namespaces: [] },
    }),
  };
}

const rates = fc.array(fc.integer({ min: 0, max: 3 }), {
  minLength: 4,
  maxLength: 4,
});

describe('graph deltas', () => {
  it('lead from any graph to any other', () => {
    fc.assert(
      fc.property(rates, rates, (before, after) => {
        const old = graph(before);
        const delta = diffGraphs(old, graph(after));
        expect(applyGraphDelta(old, delta)).toEqual(graph(after));
      }),
    );
  });

  it('keep the identity of what did not change', () => {
    const old = graph([1, 2, 0, 0]);
    const delta = diffGraphs(old, graph([1, 3, 0, 0]));
    const next = applyGraphDelta(old, delta);
    const [first] = old.edges;
    expect(delta.edges).toHaveLength(1);
    expect(next.edges[0]).toBe(first);
  });

  it('carry graphs that survive the wire', () => {
    const whole = graph([1, 2, 3, 1]);
    expect(meshGraphSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(
      JSON.parse(JSON.stringify(whole)),
    );
  });
});
