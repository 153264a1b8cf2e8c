import type { FindExpression } from './ast';
import { conjunctionExpected } from './expectations';
import { FindError } from './FindError';
import { readCall } from './parseCall';
import { readPrimary } from './parsePrimary';
import { TokenReader, type Parsed } from './TokenReader';
import { targetsFrom } from './targets';

/** Longest expression that is read, in characters. @public */
export const MAX_FIND_LENGTH = 4000;

const MAX_DEPTH = 40;

/** One more level of parentheses, functions and negations. */
function descend(reader: TokenReader, depth: number): number {
  if (depth >= MAX_DEPTH) {
    const { from, to } = reader.peek();
    throw new FindError({
      code: 'tooDeep',
      message: `Parentheses, functions and negations can be ${MAX_DEPTH} deep`,
      from,
      to,
    });
  }
  return depth + 1;
}

function readUnary(reader: TokenReader, depth: number): Parsed {
  const token = reader.peek();
  reader.skipFillers();
  if (reader.takeNot()) {
    const inner = readUnary(reader, descend(reader, depth));
    return {
      ...inner,
      from: token.from,
      expression: { type: 'not', operand: inner.expression },
    };
  }
  if (reader.peek().type === '(') {
    reader.take();
    const inner = readOr(reader, descend(reader, depth));
    reader.closeParenthesis();
    return { ...inner, from: token.from, to: reader.position };
  }
  const call = readCall(reader, () => readOr(reader, descend(reader, depth)));
  return call ?? readPrimary(reader);
}

function readAnd(reader: TokenReader, depth: number): Parsed {
  const first = readUnary(reader, depth);
  const operands: FindExpression[] = [first.expression];
  let { targets } = first;
  while (reader.takeConjunction('and')) {
    const next = readUnary(reader, depth);
    const both = targetsFrom(targets & next.targets);
    if (!both) {
      throw new FindError({
        code: 'mixedTargets',
        message:
          'A condition on nodes and one on edges cannot both be met: put from(…), to(…) or touching(…) around the nodes, or ends(…) around the edges',
        from: next.from,
        to: next.to,
        expected: ['from(…)', 'to(…)', 'touching(…)', 'ends(…)'],
      });
    }
    targets = both;
    operands.push(next.expression);
  }
  return {
    expression:
      operands.length > 1 ? { type: 'and', operands } : first.expression,
    targets,
    from: first.from,
    to: reader.position,
  };
}

function readOr(reader: TokenReader, depth: number): Parsed {
  const first = readAnd(reader, depth);
  const operands: FindExpression[] = [first.expression];
  let { targets } = first;
  while (reader.takeConjunction('or')) {
    const next = readAnd(reader, depth);
    targets = targetsFrom(targets | next.targets) ?? targets;
    operands.push(next.expression);
  }
  return {
    expression:
      operands.length > 1 ? { type: 'or', operands } : first.expression,
    targets,
    from: first.from,
    to: reader.position,
  };
}

/**
 * Reads an expression of the find language. It has the words of Kiali's find
 * and hide, so that expressions from there mean the same here, and adds
 * parentheses, `not` before anything, regular expressions, units and
 * functions. As in Kiali, `and` binds closer than `or`, and a condition on
 * nodes cannot be joined by `and` with one on edges.
 *
 * @throws FindError, and nothing else
 * @public
 */
export function parseFind(text: string): FindExpression {
  if (text.length > MAX_FIND_LENGTH) {
    throw new FindError({
      code: 'tooLong',
      message: `An expression can be ${MAX_FIND_LENGTH} characters long`,
      from: MAX_FIND_LENGTH,
      to: text.length,
    });
  }
  if (text.trim() === '') {
    throw new FindError({
      code: 'empty',
      message: 'The expression is empty',
      from: 0,
      to: text.length,
      expected: ['name', 'operand', 'function', 'not', '('],
    });
  }
  const reader = new TokenReader(text);
  const parsed = readOr(reader, 0);
  const rest = reader.peek();
  if (rest.type !== 'end') {
    throw conjunctionExpected(rest, []);
  }
  return parsed.expression;
}
