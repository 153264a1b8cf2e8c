import type { Config } from '@backstage/config';
import type { RegistryConfig } from './types';

function refuse(path: string, expected: string, actual: unknown): never {
  throw new Error(
    `Configuration ${path}: expected ${expected}, got ${JSON.stringify(
      actual,
    )}`,
  );
}

/**
 * Reads `orrery.registries`.
 *
 * @throws Error that names the key, what was expected and what was found.
 */
export function readRegistries(config: Config): RegistryConfig[] {
  const seen = new Set<string>();
  return (config.getOptionalConfigArray('orrery.registries') ?? []).map(
    (entry, index) => {
      const path = `orrery.registries[${index}]`;
      const host = entry.getString('host');
      if (!/^[a-z0-9.-]+(:\d+)?$/i.test(host)) {
        refuse(`${path}.host`, 'a host with an optional port', host);
      }
      if (seen.has(host)) {
        refuse(`${path}.host`, 'a host that no other registry has', host);
      }
      seen.add(host);
      const text = entry.getString('url');
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (!url || !['http:', 'https:'].includes(url.protocol)) {
        refuse(`${path}.url`, 'an http or https URL', text);
      }
      if (url.username || url.password) {
        refuse(
          `${path}.url`,
          'a URL without credentials (use username and password)',
          url.host,
        );
      }
      const username = entry.getOptionalString('username');
      const password = entry.getOptionalString('password');
      if ((username === undefined) !== (password === undefined)) {
        refuse(path, 'username and password together', 'one of them');
      }
      const kind = entry.getOptionalString('kind') ?? 'distribution';
      if (kind !== 'distribution' && kind !== 'harbor') {
        refuse(`${path}.kind`, 'distribution or harbor', kind);
      }
      return {
        host,
        kind,
        url: text.replace(/\/+$/, ''),
        ...(username !== undefined && { username, password }),
      };
    },
  );
}
