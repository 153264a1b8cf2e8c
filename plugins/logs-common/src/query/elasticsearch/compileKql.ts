import {
  fieldName,
  LogQueryError,
  type KqlField,
  type KqlLiteral,
  type KqlNode,
} from '../kql';

/** A query in Elasticsearch's own language, as JSON. @public */
export type ElasticQuery = Readonly<Record<string, unknown>>;

/** What is known of the store's fields. @public */
export type CompileContext = {
  /** Types of a field as the store maps it; empty when it is not known. */
  typesOf: (field: string) => readonly string[];
  /** Fields that words without a field are looked for in. */
  messageFields: readonly string[];
};

const NUMERIC = new Set([
  'long',
  'integer',
  'short',
  'byte',
  'double',
  'float',
  'half_float',
  'scaled_float',
  'unsigned_long',
]);
const EXACT = new Set(['keyword', 'constant_keyword', 'wildcard']);
const DATE = new Set(['date', 'date_nanos']);
const OBJECT = new Set(['object', 'nested', 'flattened']);

/** Escapes what Lucene's query syntax gives a meaning. */
function escapeLucene(text: string): string {
  return text
    .replace(/[+\-=&|><!(){}[\]^"~*?:\\/\s]/g, character =>
      // These two cannot be escaped, says Elasticsearch; they are dropped.
      character === '<' || character === '>' ? '' : `\\${character}`,
    )
    .replace(/\b(AND|OR|NOT|TO)\b/g, '\\$1');
}

/** Escapes what a wildcard query gives a meaning. */
function escapeWildcard(text: string): string {
  return text.replace(/[*?\\]/g, '\\$&');
}

/**
 * A tree as a query of Elasticsearch and OpenSearch. Values of fields whose
 * type is known are checked against it; unknown fields are asked leniently,
 * so that they match nothing instead of failing.
 *
 * @throws LogQueryError when a value cannot be one of its field
 * @public
 */
export function compileKql(
  node: KqlNode,
  context: CompileContext,
): ElasticQuery {
  switch (node.type) {
    case 'all':
      return { match_all: {} };
    case 'and':
      return {
        bool: {
          filter: node.children.map(child => compileKql(child, context)),
        },
      };
    case 'or':
      return {
        bool: {
          should: node.children.map(child => compileKql(child, context)),
          minimum_should_match: 1,
        },
      };
    case 'not':
      return { bool: { must_not: [compileKql(node.child, context)] } };
    case 'exists':
      return compileExists(node.field);
    case 'range':
      return compileRange(node, context);
    default:
      return node.field
        ? compileField(node.field, node.value, context)
        : compileWords(context.messageFields, node.value);
  }
}

function compileExists(field: KqlField): ElasticQuery {
  return field.parts.length === 1
    ? { exists: { field: fieldName(field) } }
    : {
        query_string: {
          query: `_exists_:${field.parts.map(escapeLucene).join('*')}`,
        },
      };
}

/** Words, a phrase or a pattern in analyzed text. */
function compileWords(
  fields: readonly string[],
  { isPhrase, parts }: KqlLiteral,
): ElasticQuery {
  if (parts.length > 1) {
    return {
      query_string: {
        query: parts.map(escapeLucene).join('*'),
        fields,
        analyze_wildcard: true,
        lenient: true,
      },
    };
  }
  return {
    multi_match: {
      query: parts[0],
      fields,
      lenient: true,
      ...(isPhrase
        ? { type: 'phrase' }
        : { type: 'cross_fields', operator: 'and' }),
    },
  };
}

function compileField(
  field: KqlField,
  value: KqlLiteral,
  context: CompileContext,
): ElasticQuery {
  if (field.parts.length > 1) {
    return compileWords([fieldName(field)], value);
  }
  const name = fieldName(field);
  const types = context.typesOf(name);
  refuseObjects(field, types);
  const isKnown = types.length > 0;
  if (isKnown && types.every(type => EXACT.has(type))) {
    return value.parts.length > 1
      ? {
          wildcard: {
            [name]: { value: value.parts.map(escapeWildcard).join('*') },
          },
        }
      : { term: { [name]: { value: value.parts[0] } } };
  }
  if (isKnown && types.every(type => NUMERIC.has(type))) {
    return { term: { [name]: { value: asNumber(field, value) } } };
  }
  if (isKnown && types.every(type => type === 'boolean')) {
    return { term: { [name]: { value: asBoolean(field, value) } } };
  }
  if (value.parts.length > 1 || context.messageFields.includes(name)) {
    return compileWords([name], value);
  }
  return value.isPhrase
    ? { match_phrase: { [name]: { query: value.parts[0] } } }
    : {
        match: {
          [name]: { query: value.parts[0], operator: 'and', lenient: true },
        },
      };
}

function compileRange(
  node: Extract<KqlNode, { type: 'range' }>,
  context: CompileContext,
): ElasticQuery {
  const name = fieldName(node.field);
  const types = context.typesOf(name);
  refuseObjects(node.field, types);
  const bound = { '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' }[
    node.operator
  ];
  const isNumeric = types.length > 0 && types.every(type => NUMERIC.has(type));
  if (isNumeric && !isNumber(node.value)) {
    throw new LogQueryError(
      `${name} is a number; expected one after ${node.operator}`,
      node.at.position,
      node.at.length,
    );
  }
  if (
    types.length > 0 &&
    types.every(type => DATE.has(type)) &&
    !/^now|^\d/.test(node.value)
  ) {
    throw new LogQueryError(
      `${name} is a date; expected one such as 2026-11-23 or now-1h after ${node.operator}`,
      node.at.position,
      node.at.length,
    );
  }
  return {
    range: { [name]: { [bound]: isNumeric ? Number(node.value) : node.value } },
  };
}

function refuseObjects(field: KqlField, types: readonly string[]): void {
  if (types.length > 0 && types.every(type => OBJECT.has(type))) {
    throw new LogQueryError(
      `${fieldName(
        field,
      )} is an object; name one of its fields, such as ${fieldName(field)}.*`,
      field.at.position,
      field.at.length,
    );
  }
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function asNumber(field: KqlField, { parts }: KqlLiteral): number {
  const [text] = parts;
  if (parts.length > 1 || !isNumber(text)) {
    throw new LogQueryError(
      `${fieldName(field)} is a number; expected one, found ${parts.join('*')}`,
      field.at.position,
      field.at.length,
    );
  }
  return Number(text);
}

function asBoolean(field: KqlField, { parts }: KqlLiteral): boolean {
  const text = parts.join('*').toLowerCase();
  if (text !== 'true' && text !== 'false') {
    throw new LogQueryError(
      `${fieldName(field)} is true or false; found ${parts.join('*')}`,
      field.at.position,
      field.at.length,
    );
  }
  return text === 'true';
}
