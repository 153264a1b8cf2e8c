import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { isSameJson, withSpec, type Json } from '../edit/json';
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

/**
 * Puts backends back as they were kept, to the letter. Rules are known by
 * their name and matches, equal ones by their order.
 *
 * @throws InvalidValueError naming `spec.rules` when none of the rules is
 *   there any more
 * @public
 */
export function restoreBackends<T extends MeshObject>(
  httpRoute: T,
  kept: readonly KeptRule[],
): T {
  const rules = rulesOf(httpRoute);
  const found = rules.map((rule, index) =>
    kept.find(
      ({ name, matches, ordinal }) =>
        isSameJson(name, rule.name) &&
        isSameJson(matches, rule.matches) &&
        ordinal === ordinalOf(rules, index),
    ),
  );
  if (!found.some(Boolean)) {
    throw new InvalidValueError(
      'spec.rules',
      'one of the rules that were changed',
      rules.map(({ name, matches }) => ({ name, matches })),
    );
  }
  return withSpec(httpRoute, {
    rules: rules.map((rule, index) => {
      const before = found[index];
      return before ? { ...rule, backendRefs: before.backendRefs } : rule;
    }),
  });
}
