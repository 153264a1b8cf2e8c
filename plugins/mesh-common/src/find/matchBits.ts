import type { FindExpression } from './ast';
import { compareNumber, compareTexts } from './compare';
import type { GraphIndex } from './graphIndex';
import { comparedOperand, targetsOf, type Operand } from './operands';
import type { Readers } from './operands/types';
import type { FoundBits } from './reach';
import { BOTH, NODES } from './targets';

/** What is found, and of what it could have been: a complement stays within that. */
export type Bits = FoundBits & { targets: number };

function nothing(index: GraphIndex, targets: number): Bits {
  return {
    nodes: new Uint8Array(index.nodes.length),
    edges: new Uint8Array(index.edges.length),
    targets,
  };
}

/** Keeps what a value of it passes a test. */
function filter<Value>(
  index: GraphIndex,
  operand: { read: Readers<Value> },
  targets: number,
  test: (value: Value) => boolean,
): Bits {
  const bits = nothing(index, targets);
  const { node, edge } = operand.read;
  if (node) {
    index.nodes.forEach((item, place) => {
      bits.nodes[place] = Number(test(node(item, place, index)));
    });
  }
  if (edge) {
    index.edges.forEach((item, place) => {
      bits.edges[place] = Number(test(edge(item, place, index)));
    });
  }
  return bits;
}

/** Whether an operand standing alone is as wanted: true, known, or known to be false. */
export function standingBits(
  index: GraphIndex,
  operand: Operand | undefined,
  wanted: boolean,
): Bits {
  if (!operand) {
    return nothing(index, BOTH);
  }
  const targets = targetsOf(operand);
  switch (operand.kind) {
    case 'flag':
      return filter(index, operand, targets, value => value === wanted);
    case 'text':
      return filter(index, operand, targets, values => values.length > 0);
    default:
      return filter(index, operand, targets, value => value !== undefined);
  }
}

/** What a comparison finds. */
export function comparedBits(
  index: GraphIndex,
  expression: Extract<FindExpression, { type: 'compare' }>,
): Bits {
  const { operator, value } = expression;
  const operand = comparedOperand(expression.operand);
  switch (operand?.kind) {
    case 'text':
      return filter(
        index,
        operand,
        targetsOf(operand),
        compareTexts(operator, value),
      );
    case 'number':
      return filter(
        index,
        operand,
        targetsOf(operand),
        compareNumber(operator, value),
      );
    default:
      return nothing(index, BOTH);
  }
}

/** Nodes whose name, namespace or app contains a text, in any case. */
export function wordBits(index: GraphIndex, text: string): Bits {
  const wanted = text.toLowerCase();
  const bits = nothing(index, NODES);
  index.words.forEach((words, place) => {
    bits.nodes[place] = Number(words.includes(wanted));
  });
  return bits;
}
