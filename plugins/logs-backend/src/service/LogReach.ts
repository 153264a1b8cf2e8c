import {
  type ElasticQuery,
  type LogFieldMap,
  type LogLine,
} from '@orrery/backstage-plugin-logs-common';
import { NotAllowedError } from '@backstage/errors';
import type { StoreField } from '../sources/ElasticsearchClient';

/**
 * What a caller may read of a cluster's lines, as far as they asked for it:
 * everything (`namespaces` absent), or namespaces, each whole (`undefined`) or
 * some of its apps.
 */
export type LogReach = {
  namespaces?: ReadonlyMap<string, ReadonlySet<string> | undefined>;
};

/** Types whose values compare whole, so that `wealth` is not `wealth-test`. */
const EXACT = new Set(['keyword', 'constant_keyword', 'wildcard']);

function exactField(
  role: 'namespace' | 'app',
  map: LogFieldMap,
  fields: ReadonlyMap<string, StoreField>,
): string {
  const name = map[role];
  const types = (name !== undefined && fields.get(name)?.types) || [];
  if (name === undefined || !types.every(type => EXACT.has(type))) {
    throw new NotAllowedError(
      `The log store does not tell the ${role} of its lines exactly, so that what you may read cannot be told from the rest`,
    );
  }
  return name;
}

/**
 * The condition that keeps a question to what may be read; none where that is
 * everything.
 *
 * @throws NotAllowedError where nothing may be read, or the store cannot tell
 */
export function filterOfReach(
  reach: LogReach,
  map: LogFieldMap,
  fields: ReadonlyMap<string, StoreField>,
): ElasticQuery | undefined {
  if (!reach.namespaces) {
    return undefined;
  }
  if (reach.namespaces.size === 0) {
    throw new NotAllowedError('No line of what you asked for may be read');
  }
  const namespaceField = exactField('namespace', map, fields);
  const whole: string[] = [];
  const parts: ElasticQuery[] = [];
  for (const [namespace, apps] of reach.namespaces) {
    if (apps) {
      parts.push({
        bool: {
          filter: [
            { term: { [namespaceField]: { value: namespace } } },
            { terms: { [exactField('app', map, fields)]: [...apps] } },
          ],
        },
      });
    } else {
      whole.push(namespace);
    }
  }
  return {
    bool: {
      should: [
        ...(whole.length > 0 ? [{ terms: { [namespaceField]: whole } }] : []),
        ...parts,
      ],
      minimum_should_match: 1,
    },
  };
}

/** Whether something of a namespace may be read. */
export function isInReach(
  reach: LogReach,
  of: Pick<LogLine, 'namespace' | 'app'>,
): boolean {
  if (!reach.namespaces) {
    return true;
  }
  const { namespace = '', app = '' } = of;
  if (!reach.namespaces.has(namespace)) {
    return false;
  }
  const apps = reach.namespaces.get(namespace);
  return apps === undefined || apps.has(app);
}
