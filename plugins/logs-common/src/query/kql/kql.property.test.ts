import fc from 'fast-check';
import {
  addKqlFilter,
  formatKql,
  kqlContextAt,
  LogQueryError,
  matchesKql,
  parseKql,
  pointAtError,
  type KqlField,
  type KqlNode,
} from '.';

const at = { position: 0, length: 0 };
const name = fc.string({ minLength: 1, maxLength: 8, unit: 'binary' });
const field: fc.Arbitrary<KqlField> = name.map(text => ({ parts: [text], at }));
const value = fc.oneof(
  name.map(text => ({ isPhrase: true, parts: [text] })),
  fc
    .array(fc.constantFrom('a', 'or', 'b c', 'x:y', '"', '\\', '(', 'not'), {
      minLength: 1,
      maxLength: 3,
    })
    .map(parts => ({ isPhrase: false, parts })),
);

const tree = fc.letrec<{ node: KqlNode }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.record({ type: fc.constant('is' as const), field, value }),
    fc.record({ type: fc.constant('is' as const), value }),
    fc.record({ type: fc.constant('exists' as const), field }),
    fc.record({
      type: fc.constant('range' as const),
      field,
      operator: fc.constantFrom('>' as const, '>=' as const, '<' as const),
      value: name,
      at: fc.constant(at),
    }),
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      children: fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
    }),
    tie('node').map(child => ({ type: 'not' as const, child })),
  ),
}));

/** The tree without places, with what is said twice said once. */
function meaning(node: KqlNode): unknown {
  switch (node.type) {
    case 'and':
    case 'or':
      return [node.type, ...node.children.map(meaning)];
    case 'not':
      return node.child.type === 'not'
        ? meaning(node.child.child)
        : ['not', meaning(node.child)];
    case 'all':
      return 'all';
    case 'exists':
      return ['exists', node.field.parts];
    case 'range':
      return [node.operator, node.field.parts, node.value];
    default:
      return ['is', node.field?.parts, node.value];
  }
}

const fragments = fc
  .array(
    fc.constantFrom(
      'a',
      'and',
      'or',
      'not',
      '(',
      ')',
      ':',
      '"',
      '\\',
      '*',
      '>',
      '<=',
      '{',
      '}',
      ' ',
      '\n',
      '错误',
      '\u0000',
      '🙂',
    ),
    { maxLength: 30 },
  )
  .map(parts => parts.join(''));

function refusalOf(text: string): unknown {
  try {
    parseKql(text);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('KQL', () => {
  it('never throws anything but its own error, inside the text or at its end', () => {
    fc.assert(
      fc.property(
        fc.oneof(fragments, fc.string({ unit: 'binary', maxLength: 60 })),
        text => {
          const error = refusalOf(text);
          const pointsIntoTheText =
            error instanceof LogQueryError &&
            error.position >= 0 &&
            error.position <= text.length &&
            error.length >= 1 &&
            pointAtError(text, error).includes('^');
          expect(error === undefined || pointsIntoTheText).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is written so that it reads the same', () => {
    fc.assert(
      fc.property(tree.node, node => {
        expect(meaning(parseKql(formatKql(node)))).toEqual(meaning(node));
      }),
      { numRuns: 2000 },
    );
  });

  it('always knows what can be written at a place', () => {
    fc.assert(
      fc.property(fragments, fc.nat(40), (text, position) => {
        const { from, prefix } = kqlContextAt(text, position);
        expect(from).toBeLessThanOrEqual(Math.max(position, 0));
        expect(typeof prefix).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });

  it('is narrowed by a filter, whatever was written before', () => {
    const subject = (fields: Record<string, string>) => ({
      text: 'read timeout',
      fieldNames: () => Object.keys(fields),
      valuesOf: (key: string) => (key in fields ? [fields[key]] : undefined),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('', '*', 'timeout', 'a or timeout', 'not x: 1'),
        fc.string({ minLength: 1, maxLength: 10, unit: 'binary' }),
        fc.boolean(),
        (query, wanted, isNegated) => {
          const node = parseKql(addKqlFilter(query, 'f.x', wanted, isNegated));
          expect(matchesKql(node, subject({ 'f.x': wanted }))).toBe(!isNegated);
          expect(matchesKql(node, subject({ 'f.x': `${wanted}!` }))).toBe(
            isNegated,
          );
        },
      ),
    );
  });
});
