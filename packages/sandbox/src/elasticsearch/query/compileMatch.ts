import { asNumber, asRecord, asStrings, isRecord } from '../../simulator/read';
import { parsingError } from '../errors';
import { matchFields, type Field } from '../fields/fields';
import { atLeast, matchNone, type Clause, type QueryContext } from './clause';
import { leastOf, singleField } from './parameters';
import {
  crossFieldsClause,
  phraseClause,
  textClause,
  type TextOptions,
} from './terms';
import { termsOf } from './analysis';

function options(spec: Readonly<Record<string, unknown>>): TextOptions {
  const operator = String(spec.operator ?? 'or').toLowerCase();
  if (operator !== 'and' && operator !== 'or') {
    throw parsingError(`No enum constant Operator.${operator.toUpperCase()}`);
  }
  const least = spec.minimum_should_match;
  return {
    operator,
    lenient: spec.lenient === true,
    slop: asNumber(spec.slop) ?? 0,
    ...(least === undefined
      ? {}
      : {
          minimumShouldMatch: leastOf(
            least,
            termsOf(String(spec.query)).length,
          ),
        }),
  };
}

/** `match`. */
export function compileMatch(context: QueryContext, body: unknown): Clause {
  const [name, asked] = singleField('match', body);
  const spec = isRecord(asked) ? asked : { query: asked };
  if (spec.query === undefined)
    throw parsingError('No text specified for text query');
  return textClause(context, context.field(name), spec.query, options(spec));
}

/** `match_phrase`. */
export function compilePhrase(context: QueryContext, body: unknown): Clause {
  const [name, asked] = singleField('match_phrase', body);
  const spec = isRecord(asked) ? asked : { query: asked };
  if (spec.query === undefined)
    throw parsingError('No text specified for text query');
  return phraseClause(context, context.field(name), String(spec.query), {
    lenient: false,
    slop: asNumber(spec.slop) ?? 0,
  });
}

/** Fields by names and patterns, with `^` and a boost behind them. */
export function namedFields(
  context: QueryContext,
  names: readonly string[],
): Field[] {
  const patterns = names.length === 0 ? ['*'] : names;
  return patterns.flatMap(name => {
    const [pattern] = name.split('^');
    if (pattern.includes('*')) return matchFields(context.fields, pattern);
    return context.field(pattern) ?? [];
  });
}

/** `multi_match`. */
export function compileMultiMatch(
  context: QueryContext,
  body: unknown,
): Clause {
  const spec = asRecord(body);
  if (spec.query === undefined) {
    throw parsingError('No text specified for multi_match query');
  }
  const names = asStrings(spec.fields);
  const fields = namedFields(context, names);
  const text = String(spec.query);
  const asked = options(spec);
  // All fields at once are always asked leniently.
  const lenient = asked.lenient || names.length === 0;
  if (fields.length === 0) return matchNone;
  switch (spec.type ?? 'best_fields') {
    case 'phrase':
      return atLeast(
        fields.map(field =>
          phraseClause(context, field, text, { lenient, slop: asked.slop }),
        ),
        1,
      );
    case 'cross_fields':
      return crossFieldsClause(context, fields, text, asked.operator);
    case 'best_fields':
    case 'most_fields':
      return atLeast(
        fields.map(field =>
          textClause(context, field, text, { ...asked, lenient }),
        ),
        1,
      );
    default:
      throw parsingError(
        `failed to parse [multi_match] query type [${spec.type}]. unknown type.`,
      );
  }
}
