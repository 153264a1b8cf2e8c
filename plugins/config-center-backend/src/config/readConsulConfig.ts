import type { Config } from '@backstage/config';
import { namingProblem } from '@orrery/backstage-plugin-config-center-common';
import {
  readPositive,
  readUrl,
  refuse,
  type OrreryConfig,
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
 * Reads `orrery.naming.consulPrefix`, and refuses namings that are right for
 * names and not for prefixes.
 *
 * @throws Error that names the key, what was expected and what was found.
 */
export function readPrefixNaming({
  naming: { consulPrefix },
}: Pick<OrreryConfig, 'naming'>): string {
  const problem = namingProblem(consulPrefix);
  return problem === undefined
    ? consulPrefix
    : refuse('orrery.naming.consulPrefix', problem, consulPrefix);
}
