import { fieldName, type KqlLiteral, type KqlNode } from './ast';

/** A line as a query sees it. @public */
export type KqlSubject = {
  /** The message: what words that stand alone are looked for in. */
  text: string;
  /** Names of all fields, for names with asterisks. */
  fieldNames: () => Iterable<string>;
  /** Values of a field; undefined when the line does not have it. */
  valuesOf: (field: string) => readonly string[] | undefined;
};

const WORDS = /[\p{L}\p{N}_]+(?:[.'’][\p{L}\p{N}_]+)*/gu;

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORDS) ?? [];
}

function containsRun(words: readonly string[], run: readonly string[]) {
  return words.some((_, start) =>
    run.every((word, index) => words[start + index] === word),
  );
}

/** Whether a text has a pattern's parts, in order, from its beginning to its end. */
function fits(text: string, parts: readonly string[]): boolean {
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      if (!text.startsWith(part)) {
        return false;
      }
      at = part.length;
    } else if (index === parts.length - 1) {
      return text.length - part.length >= at && text.endsWith(part);
    } else {
      const found = text.indexOf(part, at);
      if (found === -1) {
        return false;
      }
      at = found + part.length;
    }
  }
  return at === text.length;
}

/** As a store finds words in analyzed text: whole words, in any case and order. */
function isInText(text: string, { isPhrase, parts }: KqlLiteral): boolean {
  const words = wordsOf(text);
  if (isPhrase) {
    const run = wordsOf(parts[0]);
    return run.length > 0 && containsRun(words, run);
  }
  if (parts.length === 1) {
    const wanted = wordsOf(parts[0]);
    return wanted.length > 0 && wanted.every(word => words.includes(word));
  }
  const lower = parts.map(part => part.toLowerCase());
  return words.some(word => fits(word, lower));
}

function hasValue(values: readonly string[], literal: KqlLiteral): boolean {
  return values.some(value =>
    literal.parts.length > 1
      ? fits(value, literal.parts)
      : value === literal.parts[0],
  );
}

function compare(operator: string, value: string, limit: string): boolean {
  const isNumeric = value !== '' && limit !== '';
  const [left, right] = [Number(value), Number(limit)];
  const difference =
    isNumeric && !Number.isNaN(left) && !Number.isNaN(right)
      ? left - right
      : Number(value > limit) - Number(value < limit);
  switch (operator) {
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    default:
      return difference <= 0;
  }
}

function fieldsNamed(subject: KqlSubject, parts: readonly string[]): string[] {
  return parts.length === 1
    ? [parts[0]]
    : [...subject.fieldNames()].filter(name => fits(name, parts));
}

/**
 * Whether a line is what a query looks for. Fields compare whole values, the
 * message compares words, as a store would with `keyword` fields and an
 * analyzed message.
 *
 * @param messageField - the field that holds the message
 * @public
 */
export function matchesKql(
  node: KqlNode,
  subject: KqlSubject,
  messageField = 'message',
): boolean {
  switch (node.type) {
    case 'all':
      return true;
    case 'and':
      return node.children.every(child =>
        matchesKql(child, subject, messageField),
      );
    case 'or':
      return node.children.some(child =>
        matchesKql(child, subject, messageField),
      );
    case 'not':
      return !matchesKql(node.child, subject, messageField);
    case 'exists':
      return fieldsNamed(subject, node.field.parts).some(
        name =>
          (name === messageField && subject.text !== '') ||
          (subject.valuesOf(name) ?? []).length > 0,
      );
    case 'range':
      return (subject.valuesOf(fieldName(node.field)) ?? []).some(value =>
        compare(node.operator, value, node.value),
      );
    default: {
      const { field, value } = node;
      if (!field) {
        return isInText(subject.text, value);
      }
      return fieldsNamed(subject, field.parts).some(name =>
        name === messageField
          ? isInText(subject.text, value)
          : hasValue(subject.valuesOf(name) ?? [], value),
      );
    }
  }
}
