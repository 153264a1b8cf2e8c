import type { MeshGraph } from '../../schema/graph';
import type { FindExpression } from '../ast';
import { compareNumber, compareTexts } from '../compare';
import { indexOf } from '../graphIndex';
import { comparedOperand, standingOperand } from '../operands';

type Item = { type: 'node' | 'edge'; place: number };

/** What an operand says of one node or edge; null where it is of the other. */
function valueOf(
  graph: MeshGraph,
  operand: ReturnType<typeof standingOperand>,
  item: Item,
): unknown {
  const index = indexOf(graph);
  const read = operand?.read[item.type];
  if (!read) {
    return null;
  }
  return item.type === 'node'
    ? operand.read.node?.(graph.nodes[item.place], item.place, index)
    : operand.read.edge?.(graph.edges[item.place], item.place, index);
}

/** Which of nodes and edges an expression is about. */
function isAbout(
  graph: MeshGraph,
  expression: FindExpression,
  type: Item['type'],
): boolean {
  switch (expression.type) {
    case 'and':
      return expression.operands.every(part => isAbout(graph, part, type));
    case 'or':
      return expression.operands.some(part => isAbout(graph, part, type));
    case 'not':
      return isAbout(graph, expression.operand, type);
    case 'word':
      return type === 'node';
    case 'call':
      return ['from', 'to', 'touching', 'between'].includes(expression.function)
        ? type === 'edge'
        : type === 'node' || expression.function !== 'ends';
    default:
      return standingOperand(expression.operand)?.read[type] !== undefined;
  }
}

/** Lengths of the ways from a node to another, up to as many edges as there are nodes. */
function waysBetween(graph: MeshGraph, from: string, to: string): number[] {
  const lengths: number[] = [];
  let reached = new Set([from]);
  for (let length = 0; length <= graph.nodes.length; length += 1) {
    if (reached.has(to)) {
      lengths.push(length);
    }
    const next = new Set<string>();
    for (const edge of graph.edges) {
      if (reached.has(edge.source)) {
        next.add(edge.target);
      }
    }
    reached = next;
  }
  return lengths;
}

function distance(graph: MeshGraph, from: string, to: string): number {
  // No way is NaN, which is within no limit, not even an infinite one.
  const ways = waysBetween(graph, from, to);
  return ways.length > 0 ? Math.min(...ways) : NaN;
}

function both(graph: MeshGraph): MeshGraph {
  const back = graph.edges.map(edge => ({
    ...edge,
    source: edge.target,
    target: edge.source,
  }));
  return { ...graph, edges: [...graph.edges, ...back] };
}

function calls(
  graph: MeshGraph,
  call: Extract<FindExpression, { type: 'call' }>,
  item: Item,
): boolean {
  const [a, b = []] = call.arguments.map(argument =>
    graph.nodes
      .filter((_, place) => matches(graph, argument, { type: 'node', place }))
      .map(node => node.id),
  );
  const hops = call.hops ?? (call.function === 'neighbours' ? 1 : Infinity);
  const node = item.type === 'node' ? graph.nodes[item.place].id : '';
  const edge = graph.edges[item.type === 'edge' ? item.place : -1];
  const away = (id: string, other: string, of = graph) =>
    distance(of, id, other);
  const near = (id: string, limit: number): boolean =>
    a.some(start => {
      switch (call.function) {
        case 'upstream':
          return away(id, start) <= limit;
        case 'downstream':
          return away(start, id) <= limit;
        default:
          return away(start, id, both(graph)) <= limit;
      }
    });
  switch (call.function) {
    case 'upstream':
      return edge ? near(edge.target, hops - 1) : near(node, hops);
    case 'downstream':
      return edge ? near(edge.source, hops - 1) : near(node, hops);
    case 'neighbours':
      return edge
        ? near(edge.source, hops - 1) || near(edge.target, hops - 1)
        : near(node, hops);
    case 'from':
      return edge !== undefined && a.includes(edge.source);
    case 'to':
      return edge !== undefined && a.includes(edge.target);
    case 'touching':
      return (
        edge !== undefined &&
        (a.includes(edge.source) || a.includes(edge.target))
      );
    case 'between':
      return (
        edge !== undefined &&
        ((a.includes(edge.source) && b.includes(edge.target)) ||
          (b.includes(edge.source) && a.includes(edge.target)))
      );
    case 'ends':
      return graph.edges.some(
        ({ source, target }, place) =>
          (source === node || target === node) &&
          matches(graph, call.arguments[0], { type: 'edge', place }),
      );
    default: {
      const shortest = Math.min(
        Infinity,
        ...a
          .flatMap(start => b.map(end => away(start, end)))
          .filter(length => !Number.isNaN(length)),
      );
      const limit =
        call.function === 'shortest' ? shortest : call.hops ?? Infinity;
      const [into, out, step] = edge
        ? [edge.source, edge.target, 1]
        : [node, node, 0];
      return a.some(start =>
        b.some(end => {
          const length = away(start, into) + step + away(out, end);
          return length <= limit;
        }),
      );
    }
  }
}

/**
 * Whether one node or edge is found, worked out for it alone and without
 * regard to time: what evaluation has to agree with.
 */
export function matches(
  graph: MeshGraph,
  expression: FindExpression,
  item: Item,
): boolean {
  switch (expression.type) {
    case 'and':
      return expression.operands.every(part => matches(graph, part, item));
    case 'or':
      return expression.operands.some(part => matches(graph, part, item));
    case 'not': {
      const { operand } = expression;
      return operand.type === 'flag'
        ? valueOf(graph, standingOperand(operand.operand), item) === false
        : isAbout(graph, operand, item.type) && !matches(graph, operand, item);
    }
    case 'word': {
      const {
        name,
        namespace = '',
        app = '',
      } = graph.nodes[item.type === 'node' ? item.place : -1] ?? {};
      return [name ?? '', namespace, app].some(
        text =>
          item.type === 'node' &&
          text.toLowerCase().includes(expression.text.toLowerCase()),
      );
    }
    case 'flag':
      return valueOf(graph, standingOperand(expression.operand), item) === true;
    case 'call':
      return calls(graph, expression, item);
    default: {
      const operand = comparedOperand(expression.operand);
      const value = valueOf(graph, operand, item);
      if (value === null || !operand) {
        return false;
      }
      if (expression.type === 'has') {
        return Array.isArray(value) ? value.length > 0 : value !== undefined;
      }
      return operand.kind === 'number'
        ? compareNumber(
            expression.operator,
            expression.value,
          )(typeof value === 'number' ? value : undefined)
        : compareTexts(
            expression.operator,
            expression.value,
          )(Array.isArray(value) ? value : []);
    }
  }
}
