import { asRecord, asString, asStrings } from '../../../simulator/read';
import { parsingError, ShardError } from '../../errors';
import { matchFields, type Field } from '../../fields/fields';
import {
  allOf,
  atLeast,
  matchAll,
  matchNone,
  not,
  onField,
  type Clause,
  type QueryContext,
} from '../clause';
import { namedFields } from '../compileMatch';
import { literalOf, wildcardExpression } from '../pattern';
import { rangeClause } from '../range';
import { onWords, phraseClause, textClause } from '../terms';
import {
  LuceneSyntaxError,
  parseQueryString,
  type LuceneNode,
} from './parseQueryString';

interface Scope {
  context: QueryContext;
  fields: readonly Field[];
  lenient: boolean;
  allowsLeadingWildcard: boolean;
  operator: 'and' | 'or';
}

function refused(
  { index }: QueryContext,
  query: string,
  reason: string,
): ShardError {
  return new ShardError(
    'query_shard_exception',
    `Failed to parse query [${query}]: ${reason}`,
    index,
  );
}

function fieldsOf(scope: Scope, name: string | undefined): readonly Field[] {
  if (name === undefined) return scope.fields;
  return namedFields(scope.context, [name]);
}

function exists(scope: Scope, prefix: string): Clause {
  const { fields } = scope.context;
  return atLeast(
    [...matchFields(fields, prefix), ...matchFields(fields, `${prefix}.*`)].map(
      field => onField(field, () => true),
    ),
    1,
  );
}

function pattern(scope: Scope, field: Field, text: string): Clause {
  if (text === '*') return onField(field, () => true);
  if (!scope.allowsLeadingWildcard && /^[*?]/.test(text)) {
    throw refused(
      scope.context,
      text,
      `Cannot parse '${text}': '*' or '?' not allowed as first character in WildcardQuery`,
    );
  }
  const isText = field.type === 'match_only_text';
  const expression = wildcardExpression(text, isText);
  scope.context.highlights?.add(field.name, { kind: 'pattern', expression });
  return isText
    ? onWords(
        field,
        (words, small) =>
          small.includes(literalOf(text)) &&
          words().some(word => expression.test(word)),
      )
    : onField(field, value => expression.test(String(value)));
}

function compile(scope: Scope, node: LuceneNode): Clause {
  const { context, lenient } = scope;
  if (node.type === 'group') {
    return group(
      node.field === undefined
        ? scope
        : { ...scope, fields: fieldsOf(scope, node.field) },
      node.clauses,
    );
  }
  if (node.type === 'word' && node.field === '_exists_') {
    return exists(scope, node.text);
  }
  if (node.type === 'word' && node.text === '*' && node.field === undefined) {
    return matchAll;
  }
  const any = (clauses: Clause[]) => atLeast(clauses, 1);
  const fields = fieldsOf(scope, node.field);
  switch (node.type) {
    case 'phrase':
      return any(
        fields.map(field =>
          phraseClause(context, field, node.text, { lenient, slop: node.slop }),
        ),
      );
    case 'range':
      return any(
        fields.map(field =>
          rangeClause(context, field, {
            ...(node.from === '*'
              ? {}
              : { [node.includesFrom ? 'gte' : 'gt']: node.from }),
            ...(node.to === '*'
              ? {}
              : { [node.includesTo ? 'lte' : 'lt']: node.to }),
          }),
        ),
      );
    default: {
      const text = node.text.replace(/\\(.)/gs, '$1');
      return any(
        fields.map(field =>
          node.isPattern
            ? pattern(scope, field, node.text)
            : textClause(context, field, text, {
                operator: scope.operator,
                lenient,
              }),
        ),
      );
    }
  }
}

function group(
  scope: Scope,
  clauses: Extract<LuceneNode, { type: 'group' }>['clauses'],
): Clause {
  if (clauses.length === 0) return matchNone;
  const positive = scope;
  const negative: Scope = {
    ...scope,
    context: { ...scope.context, highlights: undefined },
  };
  const of = (occurs: string, inScope: Scope) =>
    clauses
      .filter(each => each.occurs === occurs)
      .map(({ node }) => compile(inScope, node));
  const must = of('must', positive);
  const should = of('should', positive);
  const forbidden = of('not', negative).map(not);
  return allOf([
    ...must,
    ...forbidden,
    ...(should.length > 0 && must.length === 0 ? [atLeast(should, 1)] : []),
  ]);
}

/** `query_string`. */
export function compileQueryString(
  context: QueryContext,
  body: unknown,
): Clause {
  const spec = asRecord(body);
  const query = asString(spec.query);
  if (query === undefined) {
    throw parsingError('query_string must be provided with a [query]');
  }
  const names = asStrings(spec.fields);
  const standard = asString(spec.default_field);
  const asked = standard === undefined ? names : [standard];
  const operator =
    String(spec.default_operator ?? 'or').toLowerCase() === 'and'
      ? 'and'
      : 'or';
  try {
    const tree = parseQueryString(query, operator);
    return compile(
      {
        context,
        fields: namedFields(context, asked),
        // Without fields all are asked, leniently.
        lenient: spec.lenient === true || asked.length === 0,
        allowsLeadingWildcard: spec.allow_leading_wildcard !== false,
        operator,
      },
      tree,
    );
  } catch (error) {
    if (error instanceof LuceneSyntaxError)
      throw refused(context, query, error.message);
    throw error;
  }
}
