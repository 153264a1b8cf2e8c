import * as fc from 'fast-check';
import type { FindExpression, FindOperandName, FindValue } from '../ast';
import { NUMBER_OPERATORS } from '../operators';
import { OPERANDS, targetsOf, type Operand } from '../operands';
import { EDGES, FUNCTIONS, NODES, type Targets } from '../targets';

/** Texts with what is special to the reader, and names as graphs have them. */
const anyText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('and', 'NOT', 'ns', 'vs', 'is', 'has', 'label:x', 'to'),
  fc.constantFrom('payment', 'a b', '"', "'", '\\', '/x/', '5', '%error', '('),
  fc.stringMatching(/^[a-c/.:*^$-]{1,6}$/),
);

const anyPattern = fc.constantFrom(
  'pay.*',
  '^(a|b)$',
  'a/b',
  '[/]x',
  '\\\\',
  '\\.',
  'a{2}',
  '(?:x)?',
  ' "',
);

const anyLabel = fc
  .stringMatching(/^[a-z][a-zA-Z0-9./_-]{0,12}$/)
  .map((key): FindOperandName => ({ name: 'label', key }));

function valueOf(operand: Operand | undefined): fc.Arbitrary<{
  operator: Extract<FindExpression, { type: 'compare' }>['operator'];
  value: FindValue;
}> {
  if (operand?.kind === 'number') {
    const number = fc
      .oneof(
        fc.integer({ min: -5, max: 5000 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      )
      .map((read): FindValue => ({ type: 'number', number: read + 0 }));
    return fc.oneof(
      fc.record({
        operator: fc.constantFrom(...NUMBER_OPERATORS),
        value: number,
      }),
      fc.record({
        operator: fc.constantFrom('=' as const, '!=' as const),
        value: fc.constant<FindValue>({ type: 'nothing' }),
      }),
    );
  }
  const choices = operand?.kind === 'text' && operand.choices;
  const whole = choices ? fc.constantFrom(...Object.keys(choices)) : anyText;
  const toText = (text: string): FindValue => ({ type: 'text', text });
  return fc.oneof(
    fc.record({
      operator: fc.constantFrom('=' as const, '!=' as const),
      value: whole.map(toText),
    }),
    fc.record({
      operator: fc.constantFrom(
        ...(['^=', '!^=', '$=', '!$=', '*=', '!*='] as const),
      ),
      value: anyText.map(toText),
    }),
    fc.record({
      operator: fc.constantFrom('~=' as const, '!~' as const),
      value: fc.record({
        type: fc.constant('pattern' as const),
        source: anyPattern,
        ignoreCase: fc.boolean(),
      }),
    }),
  );
}

/** Leaves that find all of what is wanted. */
function leafFor(wanted: Targets): fc.Arbitrary<FindExpression> {
  const fitting = OPERANDS.filter(
    operand => (targetsOf(operand) & wanted) === wanted,
  );
  const flags = fitting.filter(operand => operand.kind === 'flag');
  const compared = fitting.filter(operand => operand.kind !== 'flag');
  const ofOperands = fc.oneof(
    fc
      .constantFrom(...flags)
      .map(({ name }): FindExpression => ({ type: 'flag', operand: { name } })),
    fc
      .constantFrom(...compared)
      .map(({ name }): FindExpression => ({ type: 'has', operand: { name } })),
    fc.constantFrom(...compared).chain(operand =>
      valueOf(operand).map(
        (rest): FindExpression => ({
          type: 'compare',
          operand: { name: operand.name },
          ...rest,
        }),
      ),
    ),
  );
  if (wanted !== NODES) {
    return ofOperands;
  }
  return fc.oneof(
    ofOperands,
    anyText
      .filter(text => text !== '')
      .map((text): FindExpression => ({ type: 'word', text })),
    anyLabel.map((operand): FindExpression => ({ type: 'flag', operand })),
    fc.tuple(anyLabel, valueOf(undefined)).map(
      ([operand, rest]): FindExpression => ({
        type: 'compare',
        operand,
        ...rest,
      }),
    ),
  );
}

const anyCall = (
  nodes: fc.Arbitrary<FindExpression>,
  edges: fc.Arbitrary<FindExpression>,
  gives: Targets,
): fc.Arbitrary<FindExpression> => {
  const names = (['upstream', 'downstream', 'neighbours', 'path'] as const)
    .map(name => name as keyof typeof FUNCTIONS)
    .concat(['shortest', 'from', 'to', 'touching', 'between', 'ends'])
    .filter(name => (FUNCTIONS[name].gives & gives) === gives);
  return fc.constantFrom(...names).chain(name => {
    const shape = FUNCTIONS[name];
    const argument = shape.takes === NODES ? nodes : edges;
    const lists = fc.array(argument, {
      minLength: shape.arguments,
      maxLength: shape.arguments,
    });
    const hops = shape.hasHops
      ? fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined })
      : fc.constant(undefined);
    return fc.tuple(lists, hops).map(
      ([read, limit]): FindExpression => ({
        type: 'call',
        function: name,
        arguments: read,
        ...(limit !== undefined && { hops: limit }),
      }),
    );
  });
};

const { nodes, edges } = fc.letrec<{
  nodes: FindExpression;
  edges: FindExpression;
}>(tie => {
  const compound = (
    inner: fc.Arbitrary<FindExpression>,
    wanted: Targets,
  ): fc.Arbitrary<FindExpression> =>
    fc.oneof(
      { maxDepth: 4, depthIdentifier: 'find', withCrossShrink: true },
      leafFor(wanted),
      inner.map((operand): FindExpression => ({ type: 'not', operand })),
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(inner, { minLength: 2, maxLength: 3 }),
        )
        .map(([type, operands]): FindExpression => ({ type, operands })),
      anyCall(tie('nodes'), tie('edges'), wanted),
    );
  return {
    nodes: compound(tie('nodes'), NODES),
    edges: compound(tie('edges'), EDGES),
  };
});

/** Any expression that makes sense, in the form in which it is read. */
export const anyExpression: fc.Arbitrary<FindExpression> = fc.oneof(
  nodes,
  edges,
  fc.tuple(nodes, edges).map(
    ([left, right]): FindExpression => ({
      type: 'or',
      operands: [left, right],
    }),
  ),
);
