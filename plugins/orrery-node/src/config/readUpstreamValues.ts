import type { Config } from '@backstage/config';
import { refuse } from './refuse';

/**
 * Reads an address without a slash at its end.
 *
 * @param path - path of `config`, for refusals
 * @param credentials - the key under which credentials belong
 * @throws Error that names the key
 * @public
 */
export function readUrl(
  config: Config,
  key: string,
  path: string,
  credentials: string,
): string {
  const text = config.getString(key);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    refuse(`${path}.${key}`, 'an http or https URL', text);
  }
  if (url.username || url.password) {
    refuse(
      `${path}.${key}`,
      `a URL without credentials (use ${credentials})`,
      url.host,
    );
  }
  return text.replace(/\/+$/, '');
}

/**
 * Reads a number above 0.
 *
 * @param path - path of `config`, for refusals; empty for the root
 * @throws Error that names the key
 * @public
 */
export function readPositive(
  config: Config,
  key: string,
  path: string,
  fallback: number,
): number {
  const value = config.getOptionalNumber(key) ?? fallback;
  return value > 0
    ? value
    : refuse(path ? `${path}.${key}` : key, 'a number above 0', value);
}

/** Reads `headers`; none where absent. @public */
export function readHeaders(config: Config): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of config.getOptionalConfig('headers')?.keys() ?? []) {
    headers[name] = config.getString(`headers.${name}`);
  }
  return headers;
}
