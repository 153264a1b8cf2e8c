import type { MeshGraph } from '../schema/graph';
import type { FindExpression } from './ast';
import { indexOf, type GraphIndex } from './graphIndex';
import { comparedBits, standingBits, wordBits, type Bits } from './matchBits';
import { standingOperand } from './operands';
import { pathsBetween, reach, type FoundBits } from './reach';
import { EDGES, FUNCTIONS, NODES } from './targets';

/** Ids of what an expression finds. @public */
export type Found = {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
};

type Call = Extract<FindExpression, { type: 'call' }>;

function complement(bits: Bits): Bits {
  const { targets } = bits;
  return {
    targets,
    nodes: bits.nodes.map(bit => (targets & NODES ? 1 - bit : 0)),
    edges: bits.edges.map(bit => (targets & EDGES ? 1 - bit : 0)),
  };
}

function edgesWhere(
  index: GraphIndex,
  test: (source: number, target: number) => boolean,
): FoundBits {
  return {
    nodes: new Uint8Array(index.nodes.length),
    edges: Uint8Array.from(index.edges, (_, place) =>
      Number(test(index.sources[place], index.targets[place])),
    ),
  };
}

/** Nodes at the ends of edges. */
function endsOf(index: GraphIndex, edges: Uint8Array): FoundBits {
  const nodes = new Uint8Array(index.nodes.length);
  edges.forEach((isFound, place) => {
    if (isFound) {
      // Writing past the beginning, for an end that is not there, does nothing.
      nodes[index.sources[place]] = 1;
      nodes[index.targets[place]] = 1;
    }
  });
  return { nodes, edges: new Uint8Array(index.edges.length) };
}

function called(index: GraphIndex, call: Call): FoundBits {
  const [first, second = first] = call.arguments.map(argument =>
    evaluate(index, argument),
  );
  const [a, b] = [first.nodes, second.nodes];
  switch (call.function) {
    case 'upstream':
      return reach(index, a, 'up', call.hops);
    case 'downstream':
      return reach(index, a, 'down', call.hops);
    case 'neighbours':
      return reach(index, a, 'either', call.hops ?? 1);
    case 'path':
      return pathsBetween(index, a, b, call.hops);
    case 'shortest':
      return pathsBetween(index, a, b, 'shortest');
    case 'from':
      return edgesWhere(index, source => a[source] === 1);
    case 'to':
      return edgesWhere(index, (_, target) => a[target] === 1);
    case 'touching':
      return edgesWhere(
        index,
        (source, target) => a[source] === 1 || a[target] === 1,
      );
    case 'between':
      return edgesWhere(
        index,
        (source, target) =>
          (a[source] === 1 && b[target] === 1) ||
          (b[source] === 1 && a[target] === 1),
      );
    default:
      return endsOf(index, first.edges);
  }
}

function joined(
  index: GraphIndex,
  type: 'and' | 'or',
  operands: readonly FindExpression[],
): Bits {
  const parts = operands.map(operand => evaluate(index, operand));
  return parts.reduce((all, part) => {
    const join = (left: Uint8Array, right: Uint8Array) =>
      left.map((bit, at) =>
        type === 'and' ? bit & right[at] : bit | right[at],
      );
    return {
      targets:
        type === 'and'
          ? all.targets & part.targets
          : all.targets | part.targets,
      nodes: join(all.nodes, part.nodes),
      edges: join(all.edges, part.edges),
    };
  });
}

function evaluate(index: GraphIndex, expression: FindExpression): Bits {
  switch (expression.type) {
    case 'and':
    case 'or':
      return joined(index, expression.type, expression.operands);
    case 'not':
      return expression.operand.type === 'flag'
        ? standingBits(
            index,
            standingOperand(expression.operand.operand),
            false,
          )
        : complement(evaluate(index, expression.operand));
    case 'word':
      return wordBits(index, expression.text);
    case 'flag':
    case 'has':
      return standingBits(index, standingOperand(expression.operand), true);
    case 'compare':
      return comparedBits(index, expression);
    default:
      return {
        ...called(index, expression),
        targets: FUNCTIONS[expression.function].gives,
      };
  }
}

function idsOf(
  items: readonly { id: string }[],
  bits: Uint8Array,
): ReadonlySet<string> {
  const ids = new Set<string>();
  items.forEach((item, place) => {
    if (bits[place]) {
      ids.add(item.id);
    }
  });
  return ids;
}

/**
 * Finds the nodes and edges of a graph that an expression describes, in time
 * that grows with the size of the graph.
 *
 * What is not known is not compared: `rt > 200ms` and `rt <= 200ms` are both
 * false for an edge whose response time nobody measured, and so is
 * `version != v1` for a node without version (in Kiali that is true; here,
 * `not version = v1` says it). `not` takes all that the rest does not find,
 * nodes if it is about nodes and edges if it is about edges; before a unary
 * operand it takes what is known not to be so.
 *
 * @public
 */
export function evaluateFind(
  expression: FindExpression,
  graph: MeshGraph,
): Found {
  const index = indexOf(graph);
  const bits = evaluate(index, expression);
  return {
    nodes: idsOf(index.nodes, bits.nodes),
    edges: idsOf(index.edges, bits.edges),
  };
}
