import { asNumber, asRecord, asStrings, isRecord } from '../../simulator/read';
import { matchFields, type Field } from '../fields/fields';
import { analyze, type Token } from '../query/analysis';
import type { HighlightTerm, HighlightTerms } from '../query/HighlightTerms';
import type { LogRecord } from '../records/LogRecord';

interface Span {
  start: number;
  end: number;
}

function phraseSpans(tokens: readonly Token[], words: readonly string[]) {
  const spans: Span[] = [];
  tokens.forEach((_, index) => {
    const part = tokens.slice(index, index + words.length);
    if (part.length < words.length) return;
    if (part.every(({ term }, place) => term === words[place]))
      spans.push(...part);
  });
  return spans;
}

function spansOf(
  field: Field,
  text: string,
  terms: readonly HighlightTerm[],
): Span[] {
  const whole = { start: 0, end: text.length };
  const isText = field.type === 'match_only_text';
  const tokens = isText ? analyze(text) : [];
  return terms.flatMap(term => {
    if (term.kind === 'phrase') {
      return isText ? phraseSpans(tokens, term.words) : [];
    }
    if (term.kind === 'value') return isText ? [] : [whole];
    if (!isText) return term.expression.test(text) ? [whole] : [];
    return tokens.filter(token => term.expression.test(token.term));
  });
}

function mark(text: string, spans: readonly Span[], pre: string, post: string) {
  const ordered = [...spans].sort((first, other) => first.start - other.start);
  let marked = '';
  let at = 0;
  for (const { start, end } of ordered) {
    if (start < at) continue;
    marked += text.slice(at, start) + pre + text.slice(start, end) + post;
    at = end;
  }
  return marked + text.slice(at);
}

/** Pieces of about so many characters, cut between words. */
function fragments(text: string, size: number): Span[] {
  const pieces: Span[] = [];
  let start = 0;
  while (start < text.length) {
    const space = text.indexOf(' ', Math.min(start + size, text.length));
    const end = space < 0 || text.length - start <= size ? text.length : space;
    pieces.push({ start, end });
    start = end + (end === space ? 1 : 0);
  }
  return pieces;
}

/** Markers of a request's `highlight`; undefined when it has none. */
export function createHighlighter(
  highlight: unknown,
  terms: HighlightTerms,
  known: readonly Field[],
): ((record: LogRecord) => Record<string, string[]> | undefined) | undefined {
  if (!isRecord(highlight)) return undefined;
  const asked = Array.isArray(highlight.fields)
    ? Object.assign({}, ...highlight.fields)
    : highlight.fields;
  const fields = Object.entries(asRecord(asked)).flatMap(([pattern, own]) =>
    matchFields(known, pattern).map(field => {
      const options = { ...highlight, ...asRecord(own) };
      const pre = asStrings(options.pre_tags)[0] ?? '<em>';
      const post = asStrings(options.post_tags)[0] ?? '</em>';
      const size = asNumber(options.fragment_size) ?? 100;
      const number = asNumber(options.number_of_fragments) ?? 5;
      const found =
        options.require_field_match === false
          ? terms.all()
          : terms.of(field.name);
      return { field, pre, post, size, number, terms: found };
    }),
  );
  return record => {
    const marked: Record<string, string[]> = {};
    for (const { field, pre, post, size, number, terms: wanted } of fields) {
      const value = field.read(record);
      if (value === undefined || wanted.length === 0) continue;
      const text = String(value);
      const spans = spansOf(field, text, wanted);
      if (spans.length === 0) continue;
      if (number === 0) {
        marked[field.name] = [mark(text, spans, pre, post)];
        continue;
      }
      marked[field.name] = fragments(text, size)
        .map(piece => {
          const inside = spans.filter(
            ({ start, end }) => start >= piece.start && end <= piece.end,
          );
          const moved = inside.map(({ start, end }) => ({
            start: start - piece.start,
            end: end - piece.start,
          }));
          return moved.length === 0
            ? ''
            : mark(text.slice(piece.start, piece.end), moved, pre, post);
        })
        .filter(piece => piece !== '')
        .slice(0, number);
    }
    return Object.keys(marked).length > 0 ? marked : undefined;
  };
}
