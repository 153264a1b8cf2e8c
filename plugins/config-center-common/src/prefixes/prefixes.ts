import { DEFAULT_NAMING } from '@orrery/backstage-plugin-orrery-common';

/** Whose configuration a prefix holds. @public */
export type PrefixOwner = { cluster: string; namespace: string; app: string };

/** A DNS-1123 label: no dots, so that a prefix is read in one way only. */
const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const PLACEHOLDERS = ['namespace', 'app'] as const;

/**
 * What is wrong with a naming of prefixes, if anything: it names namespace and
 * app, keeps them apart, and ends with a slash. `{system}` would have all
 * environments share one prefix, whatever one may do in only some of them.
 *
 * @public
 */
export function namingProblem(naming: string): string | undefined {
  const expected = `a pattern with {namespace} and {app}, something between them that no name contains, and no other placeholder, such as ${DEFAULT_NAMING.consulPrefix}`;
  const names = [...naming.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const isKnown = names.every(name =>
    PLACEHOLDERS.some(known => known === name),
  );
  const isComplete =
    names.filter(name => name === 'namespace').length === 1 &&
    names.filter(name => name === 'app').length === 1;
  const isApart = !/\}[-a-z0-9]*\{/.test(naming);
  return isKnown &&
    isComplete &&
    isApart &&
    naming.endsWith('/') &&
    !naming.startsWith('/')
    ? undefined
    : expected;
}

/** The prefix of an app's keys. @public */
export function prefixOf(naming: string, owner: PrefixOwner): string {
  return naming.replace(
    /\{(namespace|app)\}/g,
    (_, name: keyof PrefixOwner) => owner[name],
  );
}

/**
 * Whose a prefix is, by the naming.
 *
 * @param cluster - the one that is meant, for prefixes do not tell
 * @returns undefined for prefixes that are named otherwise
 * @public
 */
export function ownerOfPrefix(
  naming: string,
  prefix: string,
  cluster: string,
): PrefixOwner | undefined {
  const pattern = naming
    .split(/(\{(?:namespace|app)\})/)
    .map(part =>
      /^\{\w+\}$/.test(part)
        ? `(?<${part.slice(1, -1)}>${LABEL})`
        : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  const groups = new RegExp(`^${pattern}$`).exec(prefix)?.groups;
  if (!groups) {
    return undefined;
  }
  const { namespace, app } = groups;
  return { cluster, namespace, app };
}

/**
 * The name of the ACL policy of an app's prefix. Consul allows letters,
 * digits, hyphens and underscores; names of Kubernetes have no underscores.
 *
 * @public
 */
export function policyNameOf({ namespace, app }: PrefixOwner): string {
  return `${namespace}_${app}`;
}

/** Rules that let an app read its own prefix and nothing else. @public */
export function policyRulesOf(prefix: string): string {
  return `key_prefix ${JSON.stringify(prefix)} {\n  policy = "read"\n}\n`;
}

/**
 * What tells the token of an app from others: Consul gives tokens no name. A
 * prefix may be read from several clusters, each with a token of its own.
 *
 * @public
 */
export function tokenDescriptionOf(owner: PrefixOwner): string {
  const { cluster, namespace, app } = owner;
  return `Made by Orrery: ${app} in ${namespace} of ${cluster} reads its configuration`;
}

/** Name of the Secret that holds an app's token. @public */
export function tokenSecretNameOf({ app }: PrefixOwner): string {
  return `${app}-consul`;
}

/** Key of the token within its Secret. @public */
export const TOKEN_SECRET_KEY = 'token';
