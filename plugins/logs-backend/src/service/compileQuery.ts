import {
  compileKql,
  compileLucene,
  parseKql,
  wordsOfLevel,
  LOG_LEVELS,
  type ElasticQuery,
  type LogLevel,
  type LogQuery,
} from '@orrery/backstage-plugin-logs-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { StoreFacts } from '../sources/LogStore';

/** Types by name, as the compiler asks for them. */
function typesOf({ fields }: StoreFacts) {
  return (name: string) => fields.get(name)?.types ?? [];
}

function levelsFilter(
  levels: readonly LogLevel[],
  field: string,
): ElasticQuery {
  const asked = levels.flatMap(level =>
    level === 'unknown' ? [] : wordsOfLevel(level),
  );
  const should: ElasticQuery[] = [];
  if (asked.length > 0) {
    should.push({ terms: { [field]: asked } });
  }
  if (levels.includes('unknown')) {
    const known = LOG_LEVELS.flatMap(level =>
      level === 'unknown' ? [] : wordsOfLevel(level),
    );
    should.push({ bool: { must_not: [{ terms: { [field]: known } }] } });
  }
  return { bool: { should, minimum_should_match: 1 } };
}

/** The person's own words; what is wrong with them has its place. */
function words(query: LogQuery, facts: StoreFacts): ElasticQuery {
  const messageFields = [facts.map.message ?? 'message'];
  return query.language === 'kql'
    ? compileKql(parseKql(query.query), {
        typesOf: typesOf(facts),
        messageFields,
      })
    : compileLucene(query.query, messageFields);
}

/**
 * The conditions of a question without its range and without what the caller
 * may read: those are added where it is asked.
 *
 * @throws LogQueryError, and InvalidValueError for what the store cannot tell
 */
export function compileQuery(
  query: LogQuery,
  facts: StoreFacts,
): ElasticQuery[] {
  const { map } = facts;
  const filters: ElasticQuery[] = [];
  const written = words(query, facts);
  if (!('match_all' in written)) {
    filters.push(written);
  }
  if (query.levels.length > 0) {
    if (map.level === undefined) {
      throw new InvalidValueError(
        'levels',
        'none, for the log store has no field that tells levels',
        query.levels.join(','),
      );
    }
    filters.push(levelsFilter(query.levels, map.level));
  }
  for (const role of [
    'app',
    'version',
    'pod',
    'container',
    'traceId',
  ] as const) {
    const value = query[role];
    if (value !== undefined && value !== '') {
      const field = map[role];
      if (field === undefined) {
        throw new InvalidValueError(
          role,
          'nothing, for the log store has no field that tells it (orrery.clusters[].logs.fields can name one)',
          value,
        );
      }
      filters.push({ term: { [field]: { value } } });
    }
  }
  return filters;
}
