import { asRecord, asString, isRecord } from '../../simulator/read';
import { ElasticError, parsingError } from '../errors';
import { matchFields } from '../fields/fields';
import { idOf } from '../records/source';
import {
  allOf,
  atLeast,
  clause,
  matchAll,
  matchNone,
  not,
  onField,
  type Clause,
  type QueryContext,
} from './clause';
import { compileMatch, compileMultiMatch, compilePhrase } from './compileMatch';
import { leastOf, singleField } from './parameters';
import { literalOf, wildcardExpression } from './pattern';
import { compileQueryString } from './queryString/compileQueryString';
import { parseRange } from './range';
import { onWords, termClause } from './terms';

type Compile = (context: QueryContext, body: unknown) => Clause;

function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

const BOOL = new Set([
  'must',
  'filter',
  'should',
  'must_not',
  'minimum_should_match',
  'boost',
  'adjust_pure_negative',
  '_name',
]);

const bool: Compile = (context, body) => {
  const spec = asRecord(body);
  const unknown = Object.keys(spec).find(key => !BOOL.has(key));
  if (unknown) {
    throw parsingError(`[bool] query does not support [${unknown}]`);
  }
  const must = [...list(spec.must), ...list(spec.filter)].map(query =>
    compileQuery(context, query),
  );
  const should = list(spec.should).map(query => compileQuery(context, query));
  const negative = { ...context, highlights: undefined };
  const mustNot = list(spec.must_not).map(query =>
    not(compileQuery(negative, query)),
  );
  const standard = must.length > 0 || should.length === 0 ? 0 : 1;
  const least =
    spec.minimum_should_match === undefined
      ? standard
      : leastOf(spec.minimum_should_match, should.length);
  return allOf([
    ...must,
    ...mustNot,
    ...(least > 0 ? [atLeast(should, least)] : []),
  ]);
};

const term: Compile = (context, body) => {
  const [name, spec] = singleField('term', body);
  const value = isRecord(spec) ? spec.value : spec;
  if (Array.isArray(value)) {
    throw parsingError(`[term] query does not support array of values`);
  }
  return termClause(context, context.field(name), value, {
    caseInsensitive: isRecord(spec) && spec.case_insensitive === true,
  });
};

const terms: Compile = (context, body) => {
  const [name, values] = singleField('terms', body);
  if (!Array.isArray(values)) {
    throw parsingError('[terms] query requires an array of values');
  }
  const field = context.field(name);
  return atLeast(
    values.map(value => termClause(context, field, value)),
    1,
  );
};

/** Queries that compare a whole value with an expression. */
function patterned(
  query: string,
  expression: (value: string, caseInsensitive: boolean) => RegExp,
): Compile {
  return (context, body) => {
    const [name, spec] = singleField(query, body);
    const { value, wildcard, prefix, case_insensitive } = isRecord(spec)
      ? spec
      : { value: spec };
    const field = context.field(name);
    if (!field) return matchNone;
    const wanted = String(value ?? wildcard ?? prefix ?? '');
    const isText = field.type === 'match_only_text';
    const fits = expression(wanted, case_insensitive === true);
    context.highlights?.add(name, { kind: 'pattern', expression: fits });
    return isText
      ? onWords(
          field,
          (words, small) =>
            small.includes(literalOf(wanted)) &&
            words().some(word => fits.test(word)),
        )
      : onField(field, found => fits.test(String(found)));
  };
}

const escapePattern = (text: string) => text.replace(/[*?\\]/g, '\\$&');

const exists: Compile = (context, body) => {
  const name = asString(asRecord(body).field);
  if (name === undefined) {
    throw parsingError('[exists] must be provided with a [field]');
  }
  const parts = [
    ...matchFields(context.fields, name),
    // An object exists where one of its fields does.
    ...matchFields(context.fields, `${name}.*`),
  ];
  return atLeast(
    parts.map(field => onField(field, () => true)),
    1,
  );
};

const ids: Compile = (_, body) => {
  const wanted = new Set(list(asRecord(body).values).map(String));
  return clause(record => wanted.has(idOf(record)), 3);
};

const kinds: Readonly<Record<string, Compile>> = {
  match_all: () => matchAll,
  match_none: () => matchNone,
  bool,
  term,
  terms,
  range: parseRange,
  exists,
  ids,
  match: compileMatch,
  match_phrase: compilePhrase,
  multi_match: compileMultiMatch,
  query_string: compileQueryString,
  wildcard: patterned('wildcard', wildcardExpression),
  prefix: patterned('prefix', (value, caseInsensitive) =>
    wildcardExpression(`${escapePattern(value)}*`, caseInsensitive),
  ),
  constant_score: (context, body) =>
    compileQuery(context, asRecord(body).filter),
};

/**
 * A query of Elasticsearch's DSL as a test of records.
 *
 * @throws ElasticError as Elasticsearch refuses what it cannot read
 */
export function compileQuery(context: QueryContext, query: unknown): Clause {
  if (query === undefined) return matchAll;
  const entries = Object.entries(asRecord(query));
  if (entries.length === 0) {
    throw new ElasticError(
      400,
      'illegal_argument_exception',
      'query malformed, empty clause found',
    );
  }
  const [[kind, body], next] = entries;
  if (next) {
    throw parsingError(
      `[${kind}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]`,
    );
  }
  const compile = kinds[kind];
  if (!compile) throw parsingError(`unknown query [${kind}]`);
  return compile(context, body);
}
