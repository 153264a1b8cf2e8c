import { graphTypeSchema } from '@orrery/backstage-plugin-mesh-common';
import {
  InvalidValueError,
  parseDuration,
  parseInstant,
} from '@orrery/backstage-plugin-orrery-common';
import type { ParsedQs } from 'qs';
import { INCLUDABLE, type GraphQuery, type Includable } from '../service/types';

const MAXIMUM_NAMESPACES = 500;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A query parameter that may be given once. */
export function readText(query: ParsedQs, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new InvalidValueError(name, 'one value', value);
  }
  return value;
}

function readNamespaces(query: ParsedQs): string[] {
  const names = (readText(query, 'namespaces') ?? '')
    .split(',')
    .filter(name => name !== '');
  const bad = names.find(name => !NAMESPACE.test(name));
  if (bad !== undefined) {
    throw new InvalidValueError(
      'namespaces',
      'names of namespaces, separated by commas',
      bad,
    );
  }
  if (names.length > MAXIMUM_NAMESPACES) {
    throw new InvalidValueError(
      'namespaces',
      `at most ${MAXIMUM_NAMESPACES} names`,
      names.length,
    );
  }
  return names;
}

function readInclude(query: ParsedQs): Includable[] {
  const names = (readText(query, 'include') ?? '')
    .split(',')
    .filter(name => name !== '');
  return [...new Set(names)].sort().map(name => {
    const found = INCLUDABLE.find(candidate => candidate === name);
    if (!found) {
      throw new InvalidValueError(
        'include',
        `some of ${INCLUDABLE.join(', ')}, separated by commas`,
        name,
      );
    }
    return found;
  });
}

/**
 * Reads the parameters that all routes of the graph share.
 *
 * @throws InvalidValueError naming the parameter and what was expected.
 */
export function readGraphQuery(query: ParsedQs): GraphQuery {
  const graphType = readText(query, 'graphType') ?? 'workload';
  const parsedType = graphTypeSchema.safeParse(graphType);
  if (!parsedType.success) {
    throw new InvalidValueError(
      'graphType',
      `one of ${graphTypeSchema.options.join(', ')}`,
      graphType,
    );
  }
  const at = readText(query, 'at');
  return {
    cluster: readText(query, 'cluster'),
    namespaces: readNamespaces(query),
    graphType: parsedType.data,
    windowSeconds: parseDuration(readText(query, 'duration') ?? '1m'),
    atMilliseconds: at === undefined ? undefined : parseInstant(at),
    include: readInclude(query),
  };
}
