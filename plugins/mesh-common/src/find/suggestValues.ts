import type { MeshGraph } from '../schema/graph';
import type { FindOperator } from './ast';
import type { Suggested } from './completeFind';
import type { GraphIndex } from './graphIndex';
import { LABEL_PREFIX, type Operand } from './operands';
import { printFind } from './printFind';
import { NODES } from './targets';

const MAX_VALUES = 200;

/** The values that occur most, first, each with how often it does. */
function byCount(values: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .sort(
      ([left, leftCount], [right, rightCount]) =>
        rightCount - leftCount || left.localeCompare(right),
    )
    .slice(0, MAX_VALUES);
}

/** A value as it has to be written, with quotes where it needs them. */
function written(operator: FindOperator, text: string): string {
  const printed = printFind({
    type: 'compare',
    operand: { name: 'name' },
    operator,
    value: { type: 'text', text },
  });
  return printed.slice(`name ${operator} `.length);
}

function valuesIn(operand: Operand, index: GraphIndex): string[] {
  if (operand.kind !== 'text') {
    return [];
  }
  const { node, edge } = operand.read;
  return [
    ...(node
      ? index.nodes.flatMap((item, place) => node(item, place, index))
      : []),
    ...(edge
      ? index.edges.flatMap((item, place) => edge(item, place, index))
      : []),
  ];
}

/** Values of an operand that the graph has, or all its choices; none for patterns. */
export function valueSuggestions(
  operand: Operand,
  operator: FindOperator,
  index: GraphIndex,
): Suggested[] {
  if (operator === '~=' || operator === '!~') {
    return [];
  }
  if (operand.kind === 'number') {
    return operator === '=' || operator === '!='
      ? [{ kind: 'value', label: 'NaN', text: 'NaN ' }]
      : [];
  }
  const counts = byCount(valuesIn(operand, index));
  const choices = operand.kind === 'text' && operand.choices;
  const unused = choices
    ? Object.keys(choices).filter(
        choice => !counts.some(([value]) => value === choice),
      )
    : [];
  return [
    ...counts.map(([value, count]) => ({
      kind: 'value' as const,
      label: value,
      text: `${written(operator, value)} `,
      detail: String(count),
    })),
    ...unused.map(value => ({
      kind: 'value' as const,
      label: value,
      text: `${value} `,
      detail: '0',
    })),
  ];
}

/** Apps and namespaces, as words to look for. */
export function nameSuggestions(index: GraphIndex): Suggested[] {
  const names = index.nodes.flatMap(({ name, app, namespace }) => [
    app ?? name,
    ...(namespace === undefined ? [] : [namespace]),
  ]);
  return byCount(names).map(([text, count]) => ({
    kind: 'value',
    label: text,
    text: `${printFind({ type: 'word', text })} `,
    detail: String(count),
    targets: NODES,
  }));
}

/** Labels that the graph's nodes have. */
export function labelSuggestions(graph: MeshGraph): Suggested[] {
  const keys = graph.nodes.flatMap(({ labels = {} }) => Object.keys(labels));
  return byCount(keys).map(([key, count]) => ({
    kind: 'operand',
    label: `${LABEL_PREFIX}${key}`,
    text: `${LABEL_PREFIX}${key} `,
    detail: String(count),
    targets: NODES,
  }));
}
