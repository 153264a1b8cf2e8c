import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { LogStoresResponse } from '@orrery/backstage-plugin-logs-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type { LogStore } from '../sources/LogStore';
import { LogStoreError } from '../sources/LogStoreError';
import type { LogAuthority } from './LogAuthority';
import type { ScopedStores } from './ScopedStores';

/** The stores that are configured, and what is known of them. */
export class LogStores {
  readonly #stores: ScopedStores;
  readonly #authority: LogAuthority;

  constructor(stores: ScopedStores, authority: LogAuthority) {
    this.#stores = stores;
    this.#authority = authority;
  }

  /** A store that cannot be reached is told with its reason. */
  async list(credentials: BackstageCredentials): Promise<LogStoresResponse> {
    await this.#authority.requireAny(credentials);
    const told = await Promise.all(
      this.#stores.all.map(store => this.#describe(store, credentials)),
    );
    return {
      stores: told.map(({ store }) => store),
      provenance: { sources: told.map(({ source }) => source), warnings: [] },
    };
  }

  async #describe(
    { config }: LogStore,
    credentials: BackstageCredentials,
  ): Promise<{
    store: LogStoresResponse['stores'][number];
    source: SourceStatus;
  }> {
    const { cluster } = config;
    const store = {
      cluster,
      hasKibana: config.kibana !== undefined,
      fieldMap: { ...config.fields } as Record<string, string>,
    };
    const name = `${cluster}/logs`;
    try {
      const scoped = await this.#stores.open(
        { cluster, namespaces: [] },
        credentials,
      );
      const { product, map } = scoped.facts;
      const oldest = await scoped.ask({
        filters: [],
        fromMilliseconds: 0,
        toMilliseconds: Date.now(),
        size: 1,
        order: 'asc',
      });
      return {
        store: {
          ...store,
          fieldMap: { ...map } as Record<string, string>,
          ...(product && {
            product: `${product.product} ${product.version}`,
          }),
          ...(oldest.lines[0] && { oldestAt: oldest.lines[0].at }),
        },
        source: { name, state: 'ok', asOf: new Date().toISOString() },
      };
    } catch (error) {
      const isForbidden =
        (error instanceof LogStoreError && error.failure === 'forbidden') ||
        (error instanceof Error && error.name === 'NotAllowedError');
      return {
        store,
        source: {
          name,
          state: isForbidden ? 'forbidden' : 'failed',
          reason: error instanceof Error ? error.message : String(error),
        },
      };
    }
  }
}
