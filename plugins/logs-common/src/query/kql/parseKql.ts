import type { KqlField, KqlLiteral, KqlNode, KqlRangeOperator } from './ast';
import { LogQueryError } from './LogQueryError';
import { Scanner, type ScannedLiteral } from './Scanner';

/** Parentheses in parentheses. */
const DEEPEST = 40;
/** Fields and values of one query. */
const MOST_LITERALS = 400;

const RANGE_OPERATORS: readonly KqlRangeOperator[] = ['>=', '<=', '>', '<'];

/** Reads what stands between operators; a list of values is such a thing too. */
type ReadOne = () => KqlNode;

class Parser {
  readonly #scanner: Scanner;
  #depth = 0;
  #literals = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  parse(): KqlNode {
    const scanner = this.#scanner;
    scanner.skipSpace();
    if (scanner.isAtEnd) {
      return { type: 'all' };
    }
    const node = this.#readOr(() => this.#readCondition());
    scanner.skipSpace();
    if (!scanner.isAtEnd) {
      throw this.#unexpected('and, or, or the end of the query');
    }
    return node;
  }

  #readOr(readOne: ReadOne): KqlNode {
    return this.#readJoined('or', () =>
      this.#readJoined('and', () => this.#readNot(readOne)),
    );
  }

  #readJoined(keyword: 'and' | 'or', readOne: ReadOne): KqlNode {
    const children = [readOne()];
    while (this.#scanner.takeKeyword(keyword)) {
      children.push(readOne());
    }
    return children.length === 1 ? children[0] : { type: keyword, children };
  }

  #readNot(readOne: ReadOne): KqlNode {
    let isNegated = false;
    while (this.#scanner.takeKeyword('not')) {
      isNegated = !isNegated;
    }
    const child = this.#scanner.take('(')
      ? this.#readGroup(readOne)
      : readOne();
    return isNegated ? { type: 'not', child } : child;
  }

  /** After the opening parenthesis. */
  #readGroup(readOne: ReadOne): KqlNode {
    const opened = this.#scanner.position - 1;
    this.#depth += 1;
    if (this.#depth > DEEPEST) {
      throw new LogQueryError(
        `More than ${DEEPEST} parentheses in each other`,
        opened,
      );
    }
    const node = this.#readOr(readOne);
    if (!this.#scanner.take(')')) {
      this.#scanner.skipSpace();
      throw this.#scanner.isAtEnd
        ? new LogQueryError('This parenthesis is not closed', opened)
        : this.#unexpected('and, or, or a closing parenthesis');
    }
    this.#depth -= 1;
    return node;
  }

  #readCondition(): KqlNode {
    const scanned = this.#readLiteral('a word, a field or a parenthesis');
    const scanner = this.#scanner;
    const operator = RANGE_OPERATORS.find(symbol => scanner.take(symbol));
    if (operator) {
      return this.#readRange(asField(scanned), operator);
    }
    if (scanner.take(':')) {
      return this.#readValues(asField(scanned));
    }
    return isAnything(scanned.literal)
      ? { type: 'all' }
      : { type: 'is', value: scanned.literal };
  }

  #readRange(field: KqlField, operator: KqlRangeOperator): KqlNode {
    if (field.parts.length > 1) {
      throw new LogQueryError(
        `${operator} needs one field: a name without *`,
        field.at.position,
        field.at.length,
      );
    }
    const { literal, at } = this.#readLiteral(`a value after ${operator}`);
    if (literal.parts.length > 1) {
      throw new LogQueryError(
        `${operator} needs a value without *`,
        at.position,
        at.length,
      );
    }
    return { type: 'range', field, operator, value: literal.parts[0], at };
  }

  #readValues(field: KqlField): KqlNode {
    const scanner = this.#scanner;
    const readOne = (): KqlNode => {
      const { literal } = this.#readLiteral('a value');
      return isAnything(literal)
        ? { type: 'exists', field }
        : { type: 'is', field, value: literal };
    };
    scanner.skipSpace();
    if (scanner.peek() === '{') {
      throw new LogQueryError(
        'Nested fields in braces are not supported; write the whole name, such as a.b: value',
        scanner.position,
      );
    }
    return scanner.take('(') ? this.#readGroup(readOne) : readOne();
  }

  #readLiteral(expected: string): ScannedLiteral {
    const scanned = this.#scanner.readLiteral();
    if (!scanned) {
      throw this.#unexpected(expected);
    }
    this.#literals += 1;
    if (this.#literals > MOST_LITERALS) {
      throw new LogQueryError(
        `More than ${MOST_LITERALS} fields and values`,
        scanned.at.position,
        scanned.at.length,
      );
    }
    return scanned;
  }

  #unexpected(expected: string): LogQueryError {
    const scanner = this.#scanner;
    const found = scanner.describeNext();
    const hint =
      found === 'not' && expected.startsWith('and')
        ? '; write "and not" to leave something out'
        : '';
    return new LogQueryError(
      `Expected ${expected}, found ${found}${hint}`,
      scanner.position,
      scanner.isAtEnd ? 1 : found.length,
    );
  }
}

/**
 * Reads a query in the subset of the Kibana Query Language that the docs
 * page lists: words, phrases, `field: value`, lists of values, asterisks,
 * ranges, existence, `and`, `or`, `not` and parentheses. `and` binds closer
 * than `or`, `not` closest.
 *
 * @throws LogQueryError, and nothing else, with the place that is to blame
 * @public
 */
export function parseKql(text: string): KqlNode {
  return new Parser(text).parse();
}

/** Whether a value is nothing but asterisks. */
function isAnything({ isPhrase, parts }: KqlLiteral): boolean {
  return !isPhrase && parts.length > 1 && parts.every(part => part === '');
}

function asField({ literal, at, breakAt }: ScannedLiteral): KqlField {
  if (breakAt !== undefined) {
    throw new LogQueryError(
      'Expected and or or between these words: a name of a field has no spaces',
      breakAt,
    );
  }
  if (literal.parts.every(part => part === '') && literal.parts.length === 1) {
    throw new LogQueryError(
      'Expected the name of a field',
      at.position,
      at.length,
    );
  }
  return { parts: literal.parts, at };
}
