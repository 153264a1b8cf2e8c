import type { KqlField, KqlLiteral, KqlNode } from './ast';

const KEYWORD = /(^|\s)(and|or|not)(?=\s|$)/gi;

function escapeWords(text: string): string {
  return text
    .replace(/[\\():<>"*{}\n\r\t]/g, '\\$&')
    .replace(KEYWORD, '$1\\$2');
}

/** A text as a quoted phrase. @public */
export function quoteKql(text: string): string {
  return `"${text
    .replace(/[\\"]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')}"`;
}

function formatLiteral({ isPhrase, parts }: KqlLiteral): string {
  return isPhrase ? quoteKql(parts[0]) : parts.map(escapeWords).join('*');
}

function formatField(field: KqlField): string {
  return field.parts.length === 1 && /\s/.test(field.parts[0])
    ? quoteKql(field.parts[0])
    : field.parts.map(escapeWords).join('*');
}

/**
 * Writes a tree as text that reads as the same tree.
 *
 * @public
 */
export function formatKql(node: KqlNode): string {
  switch (node.type) {
    case 'all':
      return '*';
    case 'and':
    case 'or':
      return node.children
        .map(child =>
          child.type === 'and' || child.type === 'or'
            ? `(${formatKql(child)})`
            : formatKql(child),
        )
        .join(` ${node.type} `);
    case 'not':
      return ['and', 'or', 'not'].includes(node.child.type)
        ? `not (${formatKql(node.child)})`
        : `not ${formatKql(node.child)}`;
    case 'exists':
      return `${formatField(node.field)}: *`;
    case 'range':
      return `${formatField(node.field)} ${node.operator} ${quoteKql(
        node.value,
      )}`;
    default:
      return node.field
        ? `${formatField(node.field)}: ${formatLiteral(node.value)}`
        : formatLiteral(node.value);
  }
}

/**
 * A query with one more condition: a field has a value, or has another.
 * The text is kept as the person wrote it.
 *
 * @public
 */
export function addKqlFilter(
  query: string,
  field: string,
  value: string,
  isNegated = false,
): string {
  const condition = `${isNegated ? 'not ' : ''}${formatField({
    parts: [field],
    at: { position: 0, length: 0 },
  })}: ${quoteKql(value)}`;
  const written = query.trim();
  if (written === '' || written === '*') {
    return condition;
  }
  return /(^|[\s)"])or($|[\s("])/i.test(written)
    ? `(${written}) and ${condition}`
    : `${written} and ${condition}`;
}
