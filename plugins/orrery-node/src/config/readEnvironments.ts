import type { Config } from '@backstage/config';
import {
  UNASSIGNED_ENVIRONMENT,
  type Environment,
} from '@orrery/backstage-plugin-orrery-common';
import { refuse } from './refuse';

/**
 * Reads `orrery.environments`; empty where there are none.
 *
 * @throws Error that names the key, what was expected and what was found.
 * @public
 */
export function readEnvironments(config: Config): Environment[] {
  const seen = new Set<string>([UNASSIGNED_ENVIRONMENT.name]);
  return (config.getOptionalConfigArray('orrery.environments') ?? []).map(
    (environment, index) => {
      const path = `orrery.environments[${index}]`;
      const name = environment.getString('name');
      if (seen.has(name)) {
        refuse(
          `${path}.name`,
          `a name that no other environment has, and not ${UNASSIGNED_ENVIRONMENT.name}`,
          name,
        );
      }
      seen.add(name);
      // An empty string is a wrong value to Backstage's getOptionalString.
      const suffix = environment.getOptional('namespaceSuffix') ?? '';
      if (typeof suffix !== 'string' || !/^[a-z0-9-]*$/.test(suffix)) {
        refuse(
          `${path}.namespaceSuffix`,
          'the end of a namespace, such as -test',
          suffix,
        );
      }
      return {
        name,
        title: environment.getOptionalString('title') ?? name,
        namespaceSuffix: suffix,
        clusters: environment.getOptionalStringArray('clusters'),
        protected: environment.getOptionalBoolean('protected') ?? false,
      };
    },
  );
}
