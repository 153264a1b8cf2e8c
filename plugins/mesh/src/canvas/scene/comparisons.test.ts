import { edge, graphOf, node } from '../../__testUtils__/graph';
import { viewSteps, type Levels } from '../levels';
import { runWhole } from '../slices';
import { sceneSteps } from './buildScene';
import type { MarksOf } from './comparisons';
import type { ComparisonMark } from './types';

const order = node('wealth/order', 'healthy');
const payment = node('wealth/payment', 'healthy');
const scoring = node('loan/scoring', 'healthy');
const graph = graphOf(
  [order, payment, scoring],
  [edge(order, payment), edge(order, scoring), edge(payment, scoring)],
);
const CHANGES = new Map<string, ComparisonMark>([
  [order.id, 'faster'],
  [payment.id, 'slower'],
  [`${order.id}>${scoring.id}`, 'added'],
  [`${payment.id}>${scoring.id}`, 'more-errors'],
]);
const marksOf: MarksOf = id => CHANGES.get(id);

function sceneOf(depth: Levels['depth']) {
  const view = runWhole(viewSteps(graph, { depth, except: [] }));
  return runWhole(sceneSteps(view, marksOf));
}

describe('what differs from another moment', () => {
  it('is told of each node', () => {
    const { marks } = sceneOf('workload');
    expect(marks.get(order.id)?.comparison).toBe('faster');
    expect(marks.get(payment.id)?.comparison).toBe('slower');
    expect(marks.get(scoring.id)?.comparison).toBeUndefined();
  });

  it('is told of a closed box by the worst in it, and of a merged line too', () => {
    const { marks, links } = sceneOf('namespace');
    expect(marks.get('kepler/wealth')?.comparison).toBe('slower');
    expect(marks.get('kepler/loan')?.comparison).toBeUndefined();
    expect(links.map(({ comparison }) => comparison)).toEqual(['more-errors']);
  });
});
