import type { FindExpression, FindOperandName, FindValue } from './ast';
import { comparedOperand, LABEL_PREFIX } from './operands';
import { operandNamed } from './parsePrimary';
import { UNIT_SUFFIX } from './quantities';
import { endOfWord } from './tokens';

const KEYWORDS = new Set([
  'and',
  'or',
  'not',
  'is',
  'has',
  '&&',
  '||',
  'contains',
  'startswith',
  'endswith',
]);

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Whether a text is one word to the reader, whatever it means. */
function isOneWord(text: string): boolean {
  return text !== '' && endOfWord(text, 0) === text.length;
}

/** Writes a name to look for; quotes keep what would mean something else. */
function printWord(text: string): string {
  const isPlain =
    isOneWord(text) &&
    !KEYWORDS.has(text.toLowerCase()) &&
    !/^%|^label:/i.test(text) &&
    operandNamed(text) === undefined;
  return isPlain ? text : quote(text);
}

function printOperand({ name, key }: FindOperandName): string {
  return key === undefined ? name : `${LABEL_PREFIX}${key}`;
}

function printValue(operand: FindOperandName, value: FindValue): string {
  switch (value.type) {
    case 'nothing':
      return 'NaN';
    case 'number': {
      const compared = comparedOperand(operand);
      const suffix =
        compared?.kind === 'number' ? UNIT_SUFFIX[compared.unit] : '';
      return `${value.number}${suffix}`;
    }
    case 'pattern':
      return `/${escapeSlashes(value.source)}/${value.ignoreCase ? 'i' : ''}`;
    default:
      return isOneWord(value.text) ? value.text : quote(value.text);
  }
}

/** Keeps slashes from ending the pattern; what follows a backslash is kept by it already. */
function escapeSlashes(source: string): string {
  return source.replace(/\\[^]|\//g, part => (part === '/' ? '\\/' : part));
}

function isJoined(expression: FindExpression): boolean {
  return expression.type === 'and' || expression.type === 'or';
}

/** Writes an operand of `and`, `or` or `not`, between parentheses where it needs them. */
function printInside(parent: string, expression: FindExpression): string {
  const printed = printFind(expression);
  const needsThem =
    isJoined(expression) && !(parent === 'or' && expression.type === 'and');
  return needsThem ? `(${printed})` : printed;
}

/**
 * Writes an expression in its canonical form: full names, `not`, numbers in
 * the operand's own unit. Reading it gives the same expression again.
 *
 * @public
 */
export function printFind(expression: FindExpression): string {
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.operands
        .map(operand => printInside(expression.type, operand))
        .join(` ${expression.type} `);
    case 'not':
      return `not ${printInside('not', expression.operand)}`;
    case 'word':
      return printWord(expression.text);
    case 'flag':
      return printOperand(expression.operand);
    case 'has':
      return `has(${printOperand(expression.operand)})`;
    case 'compare':
      return `${printOperand(expression.operand)} ${
        expression.operator
      } ${printValue(expression.operand, expression.value)}`;
    default: {
      const parts = expression.arguments.map(printFind);
      if (expression.hops !== undefined) {
        parts.push(String(expression.hops));
      }
      return `${expression.function}(${parts.join(', ')})`;
    }
  }
}
