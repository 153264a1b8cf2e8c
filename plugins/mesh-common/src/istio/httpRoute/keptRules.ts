import { asObjects, isSameJson, withSpec, type Json } from '../edit/json';
import type { MeshObject } from '../edit/types';
import { rulesOf, weightedRules } from './rules';

/**
 * What rules had before they were changed; plain data, to be stored.
 *
 * @public
 */
export type KeptRule = {
  name?: unknown;
  matches?: unknown;
  /** Which one it is of those with this name and these matches; from 0. */
  ordinal: number;
  backendRefs: unknown;
};

/** Which one a rule is of those with its name and matches. */
function ordinalOf(rules: readonly Json[], index: number): number {
  const { name, matches } = rules[index];
  return rules
    .slice(0, index)
    .filter(
      other =>
        isSameJson(name, other.name) && isSameJson(matches, other.matches),
    ).length;
}

/**
 * The backends that the ordinary requests to a Service have now, to be put
 * back by {@link restoreBackends}.
 *
 * @throws InvalidValueError naming `spec.rules` when no rule leads to the host
 * @public
 */
export function keepBackends(httpRoute: MeshObject, host: string): KeptRule[] {
  const rules = rulesOf(httpRoute);
  return weightedRules(httpRoute, host).map(index => {
    const { name, matches, backendRefs } = rules[index];
    return {
      ...(name !== undefined && { name }),
      ...(matches !== undefined && { matches }),
      ordinal: ordinalOf(rules, index),
      backendRefs,
    };
  });
}

/** What a rule that nobody knows any more had: the backends of its port. */
function backendsOfPort(
  rule: Json,
  kept: readonly KeptRule[],
): KeptRule | undefined {
  const [{ port }] = asObjects(rule.backendRefs);
  return (
    kept.find(({ backendRefs }) =>
      asObjects(backendRefs).some(backend => backend.port === port),
    ) ?? kept.at(0)
  );
}

/**
 * Puts backends back as they were kept, to the letter, in the rules that lead
 * to Services of a change; what others wrote meanwhile stays. Rules are known
 * by their name and matches, equal ones by their order; those that were
 * renamed or rewritten get what others of their port had.
 *
 * @param services - names of Services that only the change led requests to
 * @public
 */
export function restoreBackends<T extends MeshObject>(
  httpRoute: T,
  kept: readonly KeptRule[],
  services: readonly string[],
): T {
  const rules = rulesOf(httpRoute);
  const found = rules.map((rule, index) =>
    asObjects(rule.backendRefs).some(({ name }) =>
      services.some(service => service === name),
    )
      ? kept.find(
          ({ name, matches, ordinal }) =>
            isSameJson(name, rule.name) &&
            isSameJson(matches, rule.matches) &&
            ordinal === ordinalOf(rules, index),
        ) ?? backendsOfPort(rule, kept)
      : undefined,
  );
  if (!found.some(Boolean)) {
    return httpRoute;
  }
  return withSpec(httpRoute, {
    rules: rules.map((rule, index) => {
      const before = found[index];
      return before ? { ...rule, backendRefs: before.backendRefs } : rule;
    }),
  });
}
