import type { Config } from '@backstage/config';
import {
  DEFAULT_PREFIX_NAMING,
  namingProblem,
} from '@orrery/backstage-plugin-config-center-common';
import {
  readPositive,
  readUrl,
  refuse,
} from '@orrery/backstage-plugin-orrery-node';

/** Where and how to ask Consul. */
export type ConsulConfig = {
  url: string;
  /** Where people open its own pages; no link where absent. */
  publicUrl?: string;
  token?: string;
  datacenter?: string;
  timeoutSeconds: number;
  maxConcurrency: number;
};

/**
 * Reads `orrery.consul`.
 *
 * @returns undefined where there is none
 * @throws Error that names the key, what was expected and what was found.
 */
export function readConsulConfig(config: Config): ConsulConfig | undefined {
  const path = 'orrery.consul';
  const consul = config.getOptionalConfig(path);
  if (!consul) {
    return undefined;
  }
  const url = readUrl(consul, 'url', path, 'token').replace(/\/v1$/, '');
  const token = consul.getOptionalString('token');
  const datacenter = consul.getOptionalString('datacenter');
  return {
    url,
    ...(consul.has('publicUrl') && {
      publicUrl: readUrl(consul, 'publicUrl', path, 'token'),
    }),
    ...(token !== undefined && { token }),
    ...(datacenter !== undefined && { datacenter }),
    timeoutSeconds: readPositive(consul, 'timeoutSeconds', path, 15),
    maxConcurrency: readPositive(consul, 'maxConcurrency', path, 8),
  };
}

/**
 * Reads `orrery.naming.consulPrefix`.
 *
 * @throws Error that names the key, what was expected and what was found.
 */
export function readPrefixNaming(config: Config): string {
  const key = 'orrery.naming.consulPrefix';
  const naming = config.getOptionalString(key) ?? DEFAULT_PREFIX_NAMING;
  const problem = namingProblem(naming);
  return problem === undefined ? naming : refuse(key, problem, naming);
}
