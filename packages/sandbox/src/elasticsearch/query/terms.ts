import { ShardError } from '../errors';
import type { Field, FieldValue } from '../fields/fields';
import { messageText } from '../records/source';
import type { LogRecord } from '../records/LogRecord';
import { containsPhrase, termsOf } from './analysis';
import {
  allOf,
  atLeast,
  clause,
  matchNone,
  onField,
  type Clause,
  type QueryContext,
} from './clause';
import { parseDate } from './dateMath';

/** How a text is looked for. */
export interface TextOptions {
  operator: 'and' | 'or';
  /** Values that a field cannot have match nothing instead of being refused. */
  lenient: boolean;
  /** So many of the words, however they are combined. */
  minimumShouldMatch?: number;
  slop?: number;
}

function refused(context: QueryContext, text: string): never {
  throw new ShardError(
    'query_shard_exception',
    `failed to create query: ${text}`,
    context.index,
  );
}

/** A value as a field's type has it; undefined when it cannot be one. */
export function coerce(
  { type }: Field,
  value: unknown,
  now: number,
): FieldValue | undefined {
  const text = String(value);
  switch (type) {
    case 'long': {
      const number = text.trim() === '' ? NaN : Number(text);
      return Number.isNaN(number) ? undefined : number;
    }
    case 'date':
      return parseDate(typeof value === 'number' ? value : text, now);
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      return undefined;
    default:
      return text;
  }
}

function problem({ type, name }: Field, value: unknown): string {
  if (type === 'long') return `For input string: "${value}"`;
  if (type === 'boolean') {
    return `Can't parse boolean value [${value}], expected [true] or [false]`;
  }
  return `failed to parse date field [${value}] with format [strict_date_optional_time||epoch_millis] for [${name}]`;
}

/** Asks a text: for its words only where the small letters of it leave it open. */
type CheckWords = (words: () => readonly string[], small: string) => boolean;

/** A clause over words of a message; lines that are alike are looked at once. */
export function onWords(field: Field, check: CheckWords): Clause {
  const answers = new Map<string, boolean>();
  const ask = (text: string) => check(() => termsOf(text), text.toLowerCase());
  const test = (record: LogRecord) => {
    if (field.name !== 'message') return ask(String(field.read(record) ?? ''));
    const { text } = record;
    if (text === undefined || text.length > 300) {
      return ask(messageText(record));
    }
    let known = answers.get(text);
    if (known === undefined) {
      if (answers.size > 2000) answers.clear();
      known = ask(text);
      answers.set(text, known);
    }
    return known;
  };
  return clause(test, 5);
}

/** Exactly one value of a field, or one word of a text. */
export function termClause(
  context: QueryContext,
  field: Field | undefined,
  value: unknown,
  { lenient = false, caseInsensitive = false } = {},
): Clause {
  if (!field) return matchNone;
  const wanted = coerce(field, value, context.now);
  if (wanted === undefined) {
    return lenient ? matchNone : refused(context, problem(field, value));
  }
  if (field.type === 'match_only_text') {
    const word = String(wanted);
    context.highlights?.add(field.name, { kind: 'phrase', words: [word] });
    return onWords(
      field,
      (words, small) => small.includes(word) && words().includes(word),
    );
  }
  context.highlights?.add(field.name, { kind: 'value' });
  if (caseInsensitive && typeof wanted === 'string') {
    const lower = wanted.toLowerCase();
    return onField(field, found => String(found).toLowerCase() === lower);
  }
  return onField(field, found => found === wanted);
}

/** Words that follow each other. */
export function phraseClause(
  context: QueryContext,
  field: Field | undefined,
  text: string,
  { lenient, slop = 0 }: Pick<TextOptions, 'lenient' | 'slop'>,
): Clause {
  if (!field) return matchNone;
  if (field.type !== 'match_only_text') {
    return termClause(context, field, text, { lenient });
  }
  const phrase = termsOf(text);
  if (phrase.length === 0) return matchNone;
  context.highlights?.add(field.name, { kind: 'phrase', words: phrase });
  return onWords(
    field,
    (words, small) =>
      phrase.every(word => small.includes(word)) &&
      containsPhrase(words(), phrase, slop),
  );
}

/** Words of a text, all or some of them. */
export function textClause(
  context: QueryContext,
  field: Field | undefined,
  text: unknown,
  options: TextOptions,
): Clause {
  if (!field) return matchNone;
  if (field.type !== 'match_only_text') {
    return termClause(context, field, text, options);
  }
  const words = termsOf(String(text)).map(word =>
    wordClause(context, field, word),
  );
  if (words.length === 0) return matchNone;
  if (options.minimumShouldMatch !== undefined) {
    return atLeast(words, options.minimumShouldMatch);
  }
  return options.operator === 'and' ? allOf(words) : atLeast(words, 1);
}

/** One word of a text. */
export function wordClause(
  context: QueryContext,
  field: Field,
  word: string,
): Clause {
  context.highlights?.add(field.name, { kind: 'phrase', words: [word] });
  return onWords(
    field,
    (words, small) => small.includes(word) && words().includes(word),
  );
}

/** Words of a text spread over several fields: each word in any of them. */
export function crossFieldsClause(
  context: QueryContext,
  fields: readonly Field[],
  text: string,
  operator: 'and' | 'or',
): Clause {
  const texts = fields.filter(({ type }) => type === 'match_only_text');
  const others = fields.filter(({ type }) => type !== 'match_only_text');
  const words = termsOf(text).map(word =>
    atLeast(
      texts.map(field => wordClause(context, field, word)),
      1,
    ),
  );
  const whole = others.map(field =>
    termClause(context, field, text, { lenient: true }),
  );
  let inTexts = matchNone;
  if (texts.length > 0 && words.length > 0) {
    inTexts = operator === 'and' ? allOf(words) : atLeast(words, 1);
  }
  return atLeast([inTexts, ...whole], 1);
}
