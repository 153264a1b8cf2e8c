import type { Config } from '@backstage/config';
import { refuse } from './refuse';

/** Where and how to ask one upstream. */
export type UpstreamConfig = {
  /** Without a slash at its end. */
  url: string;
  /** Headers of every request, authentication included. */
  headers: Readonly<Record<string, string>>;
  timeoutSeconds: number;
};

/** Reads a URL without credentials in it. */
export function readUrl(config: Config, key: string, path: string): string {
  const text = config.getString(key);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    refuse(`${path}.${key}`, 'an http or https URL', text);
  }
  if (url.username || url.password) {
    refuse(
      `${path}.${key}`,
      'a URL without credentials (use headers)',
      url.host,
    );
  }
  return text.replace(/\/+$/, '');
}

/** Reads what all upstreams have in common. */
export function readUpstream(config: Config, path: string): UpstreamConfig {
  const headers: Record<string, string> = {};
  for (const name of config.getOptionalConfig('headers')?.keys() ?? []) {
    headers[name] = config.getString(`headers.${name}`);
  }
  const timeoutSeconds = config.getOptionalNumber('timeoutSeconds') ?? 15;
  if (!(timeoutSeconds > 0)) {
    refuse(`${path}.timeoutSeconds`, 'a number above 0', timeoutSeconds);
  }
  return { url: readUrl(config, 'url', path), headers, timeoutSeconds };
}
