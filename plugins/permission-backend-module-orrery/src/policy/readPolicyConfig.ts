import type { Config } from '@backstage/config';
import { ONLY_ENVIRONMENT } from '@orrery/backstage-plugin-orrery-common';
import { readEnvironments } from '@orrery/backstage-plugin-orrery-node';

/** What the sample policy is told. @public */
export type PolicyConfig = {
  /** Entity refs of groups that may do everything. */
  platformTeams: readonly string[];
  /** Entity refs of users who only read. */
  readers: readonly string[];
  /** Names of environments where owners need nobody's consent. */
  openEnvironments: readonly string[];
};

const ENTITY_REF = /^(user|group):[^/\s:]+\/[^/\s:]+$/;

function readRefs(config: Config, key: string): string[] | undefined {
  return config.getOptionalStringArray(key)?.map((ref, index) => {
    const normal = ref.toLocaleLowerCase('en-US');
    if (!ENTITY_REF.test(normal)) {
      throw new Error(
        `Configuration ${key}[${index}]: expected a full entity ref such as group:default/platform, got ${JSON.stringify(
          ref,
        )}`,
      );
    }
    return normal;
  });
}

/**
 * Reads `orrery.policy` and the environments.
 *
 * @throws Error that names the key, what was expected and what was found.
 * @public
 */
export function readPolicyConfig(config: Config): PolicyConfig {
  const environments = readEnvironments(config);
  return {
    platformTeams: readRefs(config, 'orrery.policy.platformTeams') ?? [],
    readers: readRefs(config, 'orrery.policy.readers') ?? [
      'user:default/guest',
    ],
    openEnvironments: (environments.length > 0
      ? environments
      : [ONLY_ENVIRONMENT]
    )
      .filter(environment => !environment.protected)
      .map(({ name }) => name),
  };
}
