import { checkHeaders } from '../edit/checks';
import { namespaceOf, resolveHost } from '../edit/hosts';
import {
  asObjects,
  isSameJson,
  withSpec,
  without,
  type Json,
} from '../edit/json';
import type { HeaderMatch, MeshObject } from '../edit/types';
import { referenceTo, rulesOf, serviceOf, weightedRules } from './rules';

/** Gateway API knows no prefixes; RE2 and its kin have no literal quoting. */
function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function headerCondition({ name, type, value }: HeaderMatch): Json {
  switch (type) {
    case 'exact':
      return { type: 'Exact', name, value };
    case 'prefix':
      return { type: 'RegularExpression', name, value: `${quoted(value)}.*` };
    default:
      return { type: 'RegularExpression', name, value };
  }
}

function isHeaderRule(rule: Json, service: string, namespace: string): boolean {
  const backends = asObjects(rule.backendRefs);
  const matches = asObjects(rule.matches);
  return (
    backends.length === 1 &&
    serviceOf(backends[0], namespace) === service &&
    matches.length > 0 &&
    matches.every(match => asObjects(match.headers).length > 0)
  );
}

/**
 * Sends requests that carry all these headers to one Service. Rules of the
 * Gateway API have no names that every server keeps: ours are those that lead
 * to this Service alone and ask for headers. Done again, it replaces them.
 *
 * @throws InvalidValueError naming `headers...`, or `spec.rules` when no rule
 *   leads to the host
 * @public
 */
export function addHeaderRule<T extends MeshObject>(
  httpRoute: T,
  change: { host: string; service: string; headers: readonly HeaderMatch[] },
): T {
  const { host, service, headers } = change;
  checkHeaders(headers);
  const bare = removeHeaderRule(httpRoute, service);
  const rules = rulesOf(bare);
  const conditions = headers.map(headerCondition);
  const added = weightedRules(bare, host, [service]).map((index): Json => {
    const rule = rules[index];
    const present = asObjects(rule.matches);
    const [{ port }] = asObjects(rule.backendRefs);
    const filters = asObjects(rule.filters).filter(
      ({ type }) => type !== 'RequestMirror',
    );
    return {
      matches: (present.length > 0 ? present : [{}]).map(match => ({
        ...match,
        headers: conditions,
      })),
      // Chosen requests are not copied to where they already go.
      ...without(rule, 'name', 'matches', 'filters', 'backendRefs'),
      ...(filters.length > 0 && { filters }),
      backendRefs: [{ ...referenceTo(service, port), weight: 1 }],
    };
  });
  return withSpec(bare, {
    rules: [
      ...added.filter(
        (rule, index) =>
          added.findIndex(other => isSameJson(other, rule)) === index,
      ),
      ...rules,
    ],
  });
}

/**
 * Takes away what {@link addHeaderRule} put there.
 *
 * @param service - the Service that the chosen requests went to
 * @public
 */
export function removeHeaderRule<T extends MeshObject>(
  httpRoute: T,
  service: string,
): T {
  const namespace = namespaceOf(httpRoute);
  const wanted = resolveHost(service, namespace);
  const rules = rulesOf(httpRoute);
  return rules.some(rule => isHeaderRule(rule, wanted, namespace))
    ? withSpec(httpRoute, {
        rules: rules.filter(rule => !isHeaderRule(rule, wanted, namespace)),
      })
    : httpRoute;
}
