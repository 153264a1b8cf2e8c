import type { Config } from '@backstage/config';
import {
  checkPattern,
  DEFAULT_NAMING,
  type Naming,
} from '@orrery/backstage-plugin-orrery-common';

/**
 * Reads `orrery.naming`.
 *
 * @throws Error that names the key, what was expected and what was found.
 * @public
 */
export function readNaming(config: Config): Naming {
  const section = config.getOptionalConfig('orrery.naming');
  const read = (key: keyof Naming): string | undefined => {
    const pattern = section?.getOptionalString(key);
    return pattern === undefined
      ? DEFAULT_NAMING[key]
      : checkPattern(`Configuration orrery.naming.${key}`, pattern);
  };
  const required = (key: Exclude<keyof Naming, 'host'>) =>
    read(key) ?? DEFAULT_NAMING[key];
  const host = read('host');
  return {
    project: required('project'),
    job: required('job'),
    image: required('image'),
    consulPrefix: required('consulPrefix').replace(/\/*$/, '/'),
    ...(host !== undefined && { host }),
  };
}
