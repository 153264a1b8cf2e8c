import type { Config } from '@backstage/config';
import {
  readHeaders,
  readPositive,
  readUrl,
} from '@orrery/backstage-plugin-orrery-node';

/** Where and how to ask one upstream. */
export type UpstreamConfig = {
  /** Without a slash at its end. */
  url: string;
  /** Headers of every request, authentication included. */
  headers: Readonly<Record<string, string>>;
  timeoutSeconds: number;
};

/** Reads what all upstreams have in common. */
export function readUpstream(config: Config, path: string): UpstreamConfig {
  return {
    url: readUrl(config, 'url', path, 'headers'),
    headers: readHeaders(config),
    timeoutSeconds: readPositive(config, 'timeoutSeconds', path, 15),
  };
}
