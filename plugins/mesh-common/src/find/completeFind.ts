import type { MeshGraph } from '../schema/graph';
import { expectationAfter, targetsAfter } from './afterPrefix';
import { operatorsFor, type Expectation } from './expectations';
import { indexOf } from './graphIndex';
import { LABEL_PREFIX, labelKeyOf, OPERANDS, targetsOf } from './operands';
import { BOTH, FUNCTIONS, NODES, type Targets } from './targets';
import { endOfWord } from './tokens';
import {
  nameSuggestions,
  labelSuggestions,
  valueSuggestions,
} from './suggestValues';

/** What a suggestion is. @public */
export type FindSuggestionKind =
  | 'operand'
  | 'function'
  | 'operator'
  | 'keyword'
  | 'value';

/** A text to put in place of characters `from` to `to` of an expression. @public */
export type FindSuggestion = {
  kind: FindSuggestionKind;
  /** What is shown. */
  label: string;
  /** What is written, with the space after it that goes on. */
  text: string;
  /** An example of an operand or a function, or how many have a value; language-free. */
  detail?: string;
  from: number;
  to: number;
};

/** A suggestion that does not yet know what it replaces; `targets` is what it would find. */
export type Suggested = Omit<FindSuggestion, 'from' | 'to'> & {
  targets?: Targets;
};

const MAX_SUGGESTIONS = 120;

function operandSuggestions(): Suggested[] {
  return [
    ...OPERANDS.map(operand => ({
      kind: 'operand' as const,
      label: [operand.name, ...operand.aliases].join(' | '),
      text: `${operand.name} `,
      detail: operand.example,
      targets: targetsOf(operand),
    })),
    {
      kind: 'operand',
      label: LABEL_PREFIX,
      text: LABEL_PREFIX,
      detail: 'label:region = east',
      targets: NODES,
    },
    ...Object.entries(FUNCTIONS).map(([name, { example, gives }]) => ({
      kind: 'function' as const,
      label: `${name}(…)`,
      text: `${name}(`,
      detail: example,
      targets: gives,
    })),
    { kind: 'function', label: 'has(…)', text: 'has(', detail: 'has(rt)' },
    { kind: 'keyword', label: 'not', text: 'not ' },
  ];
}

function suggestionsFor(
  expectation: Expectation,
  graph: MeshGraph,
  typed: string,
): Suggested[] {
  switch (expectation.type) {
    case 'operand':
    case 'known': {
      const operands = operandSuggestions();
      if (expectation.type === 'known') {
        return operands.filter(item => item.kind === 'operand');
      }
      return labelKeyOf(typed) === undefined
        ? [
            ...operands,
            ...(typed === '' ? [] : nameSuggestions(indexOf(graph))),
          ]
        : labelSuggestions(graph);
    }
    case 'operator':
      return operatorsFor(expectation.operand).map(operator => ({
        kind: 'operator',
        label: operator,
        text: `${operator} `,
      }));
    case 'value':
      return valueSuggestions(
        expectation.operand,
        expectation.operator,
        indexOf(graph),
      );
    case 'hops':
      return ['1', '2', '3'].map(text => ({
        kind: 'value',
        label: text,
        text,
      }));
    default:
      return ['and', 'or'].map(text => ({
        kind: 'keyword',
        label: text,
        text: `${text} `,
      }));
  }
}

/** How well a suggestion fits what was typed: 0 as its beginning, 1 inside, -1 not. */
function fit(suggested: Suggested, typed: string): number {
  const names = suggested.label.toLowerCase().split(' | ');
  if (names.some(name => name.startsWith(typed))) {
    return 0;
  }
  return names.some(name => name.includes(typed)) ? 1 : -1;
}

/** Where the word that the cursor is in or after begins. */
function startOfWord(text: string, cursor: number): number {
  const before = text.slice(0, cursor);
  const [word] = /(?:%|label:)?[^\s(),"'=!<>~*^$]*$/i.exec(before) ?? [''];
  return cursor - word.length;
}

/**
 * Offers what may stand at the cursor: operands, functions and names of the
 * graph; then operators; then values that the graph has; then `and` and
 * `or`. Nothing is offered after a mistake, or inside a quoted text.
 *
 * @param cursor - characters before the cursor
 * @public
 */
export function completeFind(
  text: string,
  cursor: number,
  graph: MeshGraph,
): FindSuggestion[] {
  const symbols = /[=!<>~*^$]+$/.exec(text.slice(0, cursor));
  const tries = [startOfWord(text, cursor)];
  if (symbols) {
    // What looks like an operator may be half of one.
    tries.push(symbols.index);
  }
  for (const from of tries) {
    const typed = text.slice(from, cursor).toLowerCase();
    const expectation = expectationAfter(text.slice(0, from));
    const isOperator = expectation?.type === 'operator';
    const allowed =
      expectation?.type === 'operand'
        ? targetsAfter(text.slice(0, from))
        : BOTH;
    if (expectation && (from !== symbols?.index || isOperator)) {
      const to = isOperator ? cursor : Math.max(cursor, endOfWord(text, from));
      const fitting = suggestionsFor(expectation, graph, typed)
        .filter(({ targets = BOTH }) => (targets & allowed) > 0)
        .map(suggested => ({ suggested, fit: fit(suggested, typed) }))
        .filter(item => item.fit >= 0);
      // Sorting is stable: among equals, the order is that of the lists.
      fitting.sort((left, right) => left.fit - right.fit);
      if (fitting.length > 0) {
        return fitting
          .slice(0, MAX_SUGGESTIONS)
          .map(({ suggested: { kind, label, text: taken, detail } }) => ({
            kind,
            label,
            text: taken,
            ...(detail !== undefined && { detail }),
            from,
            to,
          }));
      }
    }
  }
  return [];
}
