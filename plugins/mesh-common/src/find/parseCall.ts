import type { FindExpression, FindFunction } from './ast';
import { UnmetExpectation } from './expectations';
import { FindError } from './FindError';
import { standingOperand, targetsOf } from './operands';
import { operandNamed, unknownOperand } from './parsePrimary';
import { EDGES, FUNCTIONS, functionOf, NODES } from './targets';
import type { Parsed, TokenReader } from './TokenReader';
import type { Token } from './tokens';

const MAX_HOPS = 1000;

/** `has(rt)`: whether anything is known of an operand; of a unary one, whether it is true. */
function readHas(reader: TokenReader, name: Token): Parsed {
  const token = reader.take();
  const word = token.type === 'word' ? token.word : '';
  const ref = operandNamed(word);
  const operand = ref && standingOperand(ref);
  if (token.type !== 'word') {
    throw new UnmetExpectation(
      { type: 'known' },
      {
        code: 'operandExpected',
        message: 'Expected an operand such as rt or label:region',
        from: token.from,
        to: token.to,
        expected: ['operand'],
      },
    );
  }
  if (!ref || !operand) {
    throw unknownOperand(word, token);
  }
  reader.closeParenthesis();
  return {
    expression:
      operand.kind === 'flag'
        ? { type: 'flag', operand: ref }
        : { type: 'has', operand: ref },
    targets: targetsOf(operand),
    from: name.from,
    to: reader.position,
  };
}

function readHops(reader: TokenReader): number {
  const token = reader.take();
  const hops = token.type === 'word' ? Number(token.word) : NaN;
  if (Number.isInteger(hops) && hops >= 1 && hops <= MAX_HOPS) {
    return hops;
  }
  throw new UnmetExpectation(
    { type: 'hops' },
    {
      code: 'badHops',
      message: `Expected how many edges to follow: a whole number from 1 to ${MAX_HOPS}`,
      from: token.from,
      to: token.to,
      expected: ['1', '2', '3'],
    },
  );
}

function checkArgument(name: FindFunction, argument: Parsed): FindExpression {
  const { takes } = FUNCTIONS[name];
  const isTaken =
    takes === NODES ? argument.targets !== EDGES : argument.targets !== NODES;
  if (isTaken) {
    return argument.expression;
  }
  throw new FindError({
    code: 'badFunctionTarget',
    message:
      takes === NODES
        ? `${name}(…) takes nodes, and this finds edges: put ends(…) around it`
        : `${name}(…) takes edges, and this finds nodes: put from(…), to(…) or touching(…) around it`,
    from: argument.from,
    to: argument.to,
    expected:
      takes === NODES ? ['ends(…)'] : ['from(…)', 'to(…)', 'touching(…)'],
  });
}

function closeCall(reader: TokenReader, name: FindFunction): void {
  const token = reader.peek();
  if (token.type === ',') {
    const shape = FUNCTIONS[name];
    throw new FindError({
      code: 'argumentCount',
      message: `${name}(…) takes ${shape.arguments} ${
        shape.arguments === 1 ? 'expression' : 'expressions'
      }${shape.hasHops ? ' and a number of hops' : ''}: ${shape.example}`,
      from: token.from,
      to: token.to,
      expected: [')'],
    });
  }
  reader.closeParenthesis();
}

function readArguments(
  reader: TokenReader,
  name: FindFunction,
  readArgument: () => Parsed,
): FindExpression[] {
  const read: FindExpression[] = [];
  while (read.length < FUNCTIONS[name].arguments) {
    if (read.length > 0) {
      const comma = reader.peek();
      if (comma.type !== ',') {
        throw new FindError({
          code: 'argumentCount',
          message: `${name}(…) takes two expressions: ${FUNCTIONS[name].example}`,
          from: comma.from,
          to: comma.to,
          expected: [','],
        });
      }
      reader.take();
    }
    read.push(checkArgument(name, readArgument()));
  }
  return read;
}

/**
 * Reads a function and its arguments, where one begins; undefined where none
 * does. A name directly before a parenthesis is meant as a function.
 */
export function readCall(
  reader: TokenReader,
  readArgument: () => Parsed,
): Parsed | undefined {
  const token = reader.peek();
  const second = reader.peekSecond();
  if (token.type !== 'word' || second.type !== '(') {
    return undefined;
  }
  const isHas = token.word.toLowerCase() === 'has';
  const name = functionOf(token.word);
  if (!isHas && !name) {
    if (second.from > token.to || reader.isConjunction(token)) {
      return undefined;
    }
    const expected = [...Object.keys(FUNCTIONS), 'has'];
    throw new FindError({
      code: 'unknownFunction',
      message: `There is no function ${token.word}; there are ${expected.join(
        ', ',
      )}`,
      from: token.from,
      to: token.to,
      expected,
    });
  }
  reader.position = second.to;
  if (!name) {
    return readHas(reader, token);
  }
  const shape = FUNCTIONS[name];
  const read = readArguments(reader, name, readArgument);
  const hasHops = shape.hasHops && reader.peek().type === ',';
  if (hasHops) {
    reader.take();
  }
  const hops = hasHops ? { hops: readHops(reader) } : {};
  closeCall(reader, name);
  return {
    expression: { type: 'call', function: name, arguments: read, ...hops },
    targets: shape.gives,
    from: token.from,
    to: reader.position,
  };
}
