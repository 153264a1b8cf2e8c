import { z } from 'zod';

/**
 * A stage that services pass through, told from clusters and from the ends of
 * namespaces.
 *
 * @public
 */
export const environmentSchema = z.object({
  name: z.string(),
  /** What people call it. */
  title: z.string(),
  /** End of its namespaces' names, such as `-test`; empty means any end. */
  namespaceSuffix: z.string(),
  /** Clusters that it spans; absent means all. */
  clusters: z.array(z.string()).optional(),
  /** True where a slip is costly: writes ask for the target's name to be typed. */
  protected: z.boolean(),
});

/** @public */
export type Environment = z.infer<typeof environmentSchema>;

/** What counts where no environments are configured. @public */
export const ONLY_ENVIRONMENT: Environment = {
  name: 'production',
  title: 'Production',
  namespaceSuffix: '',
  protected: false,
};

/**
 * What counts where environments are configured, but none of them for this
 * place. It is protected, for nobody said that mistakes are cheap there.
 *
 * @public
 */
export const UNASSIGNED_ENVIRONMENT: Environment = {
  name: 'unassigned',
  title: 'No environment',
  namespaceSuffix: '',
  protected: true,
};

/**
 * The environment of a namespace: of those that match, the one with the
 * longest suffix; of equal ones the first.
 *
 * @public
 */
export function environmentOf(
  environments: readonly Environment[],
  cluster: string,
  namespace: string,
): Environment {
  if (environments.length === 0) {
    return ONLY_ENVIRONMENT;
  }
  let found: Environment | undefined;
  for (const environment of environments) {
    const { namespaceSuffix: suffix, clusters } = environment;
    const isHere = clusters === undefined || clusters.includes(cluster);
    // A suffix alone is no namespace of an environment: something precedes it.
    const isNamed =
      suffix === '' ||
      (namespace.endsWith(suffix) && namespace.length > suffix.length);
    if (
      isHere &&
      isNamed &&
      (!found || suffix.length > found.namespaceSuffix.length)
    ) {
      found = environment;
    }
  }
  return found ?? UNASSIGNED_ENVIRONMENT;
}

/**
 * The namespace without what its environment appends to it: `wealth` for
 * `wealth-test`. Entities are bound to it, so that they own what runs in every
 * environment.
 *
 * @public
 */
export function baseNamespaceOf(
  environments: readonly Environment[],
  cluster: string,
  namespace: string,
): string {
  const { namespaceSuffix } = environmentOf(environments, cluster, namespace);
  return namespaceSuffix === ''
    ? namespace
    : namespace.slice(0, -namespaceSuffix.length);
}
