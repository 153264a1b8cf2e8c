import { LogQueryError } from '../kql';
import type { ElasticQuery } from './compileKql';

/**
 * A query in Lucene's syntax. The store reads it; what would read the whole
 * index is refused here: a pattern that begins with an asterisk or a question
 * mark, and regular expressions.
 *
 * @throws LogQueryError
 * @public
 */
export function compileLucene(
  text: string,
  messageFields: readonly string[],
): ElasticQuery {
  const query = text.trim();
  if (query === '' || query === '*') {
    return { match_all: {} };
  }
  refuseCostly(text);
  return {
    query_string: {
      query: text,
      fields: messageFields,
      default_operator: 'AND',
      allow_leading_wildcard: false,
      analyze_wildcard: true,
      lenient: true,
      // Bounds what a pattern may expand to.
      max_determinized_states: 5000,
    },
  };
}

function refuseCostly(text: string): void {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') {
      at += 1;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && startsTerm(text, at)) {
      if (character === '/') {
        throw new LogQueryError(
          'Regular expressions are not supported; quote the slash or escape it with a backslash',
          at,
        );
      }
      const isAlone = /^\*(?=$|[\s)])/.test(text.slice(at));
      if ((character === '*' && !isAlone) || character === '?') {
        throw new LogQueryError(
          'A pattern that begins with * or ? would read every term of the store; begin it with a letter',
          at,
        );
      }
    }
  }
  if (isQuoted) {
    throw new LogQueryError(
      'This quotation mark has no second one',
      text.lastIndexOf('"'),
    );
  }
}

function startsTerm(text: string, at: number): boolean {
  return at === 0 || /[\s(:+\-!]/.test(text[at - 1]);
}
