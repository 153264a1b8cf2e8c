import type { FindOperandName } from './ast';
import {
  operandExpected,
  operatorExpected,
  operatorsFor,
} from './expectations';
import { FindError } from './FindError';
import {
  comparedOperand,
  labelKeyOf,
  operandOf,
  OPERANDS,
  standingOperand,
  targetsOf,
} from './operands';
import { NODES } from './targets';
import type { Parsed, TokenReader } from './TokenReader';
import type { Token } from './tokens';
import { readValue } from './values';

/** The operand that a word names, if it names one. */
export function operandNamed(word: string): FindOperandName | undefined {
  const key = labelKeyOf(word);
  if (key !== undefined) {
    return key === '' ? undefined : { name: 'label', key };
  }
  const operand = operandOf(word);
  return operand && { name: operand.name };
}

/** Names of operands that begin like a word, or else all that have something of it. */
function similarTo(word: string): string[] {
  const lower = word.toLowerCase();
  const names = OPERANDS.map(operand => operand.name);
  const close = names.filter(
    name => name.startsWith(lower.slice(0, 2)) || name.includes(lower),
  );
  return close.length > 0 ? close : names;
}

export function unknownOperand(word: string, { from, to }: Token): FindError {
  const expected = similarTo(word);
  return new FindError({
    code: 'unknownOperand',
    message: `There is no operand ${word}; there are ${expected
      .slice(0, 8)
      .join(', ')}${expected.length > 8 ? ' and others' : ''}`,
    from,
    to,
    expected,
  });
}

function readOperand(
  reader: TokenReader,
  ref: FindOperandName,
  token: Token,
): Parsed {
  const before = reader.peek();
  const operator = reader.takeOperator();
  const standing = standingOperand(ref);
  const compared = comparedOperand(ref);
  if (!standing || !compared) {
    throw unknownOperand(ref.name, token);
  }
  if (operator === undefined) {
    if (standing.kind !== 'flag') {
      throw operatorExpected(standing, before);
    }
    return {
      expression: { type: 'flag', operand: ref },
      targets: targetsOf(standing),
      from: token.from,
      to: token.to,
    };
  }
  const range = { from: before.from, to: reader.position };
  if (compared.kind === 'flag') {
    throw new FindError({
      code: 'operatorNotAllowed',
      message: `${compared.name} stands alone, or after not: it is not compared`,
      ...range,
      expected: ['and', 'or'],
    });
  }
  if (!operatorsFor(compared).includes(operator)) {
    const { message, expected } = operatorExpected(compared, range);
    throw new FindError({
      code: 'operatorNotAllowed',
      message,
      ...range,
      expected,
    });
  }
  const { value, to } = readValue(
    reader.text,
    reader.position,
    compared,
    operator,
  );
  reader.position = to;
  return {
    expression: { type: 'compare', operand: ref, operator, value },
    targets: targetsOf(compared),
    from: token.from,
    to,
  };
}

/** Reads a name to look for, an operand that stands alone, or a comparison. */
export function readPrimary(reader: TokenReader): Parsed {
  const token = reader.peek();
  if (token.type === 'text' && token.text !== '') {
    reader.take();
    return {
      expression: { type: 'word', text: token.text },
      targets: NODES,
      from: token.from,
      to: token.to,
    };
  }
  if (token.type !== 'word' || reader.isConjunction(token)) {
    throw operandExpected(token);
  }
  reader.take();
  const ref = operandNamed(token.word);
  if (ref) {
    return readOperand(reader, ref, token);
  }
  const { position } = reader;
  const isCompared = reader.takeOperator() !== undefined;
  reader.position = position;
  if (isCompared || /^%|^label:$|^~/i.test(token.word)) {
    throw unknownOperand(token.word, token);
  }
  return {
    expression: { type: 'word', text: token.word },
    targets: NODES,
    from: token.from,
    to: token.to,
  };
}
