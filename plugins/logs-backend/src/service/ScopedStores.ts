import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { LogQuery } from '@orrery/backstage-plugin-logs-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { LogStore } from '../sources/LogStore';
import type { LogAuthority } from './LogAuthority';
import { ScopedStore } from './ScopedStore';

/** What a question must name to be answered within a reach. */
export type AskedScope = Pick<LogQuery, 'cluster' | 'namespaces' | 'app'>;

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MOST_NAMESPACES = 500;

/** Opens stores for callers; there is no other way to one. */
export class ScopedStores {
  readonly #stores: ReadonlyMap<string, LogStore>;
  readonly #authority: LogAuthority;

  constructor(stores: readonly LogStore[], authority: LogAuthority) {
    this.#stores = new Map(
      stores.map(store => [store.config.cluster, store] as const),
    );
    this.#authority = authority;
  }

  /** Stores that are configured. */
  get all(): LogStore[] {
    return [...this.#stores.values()];
  }

  /** @throws InvalidValueError for a cluster without a store */
  store(cluster: string): LogStore {
    const store = this.#stores.get(cluster);
    if (!store) {
      throw new InvalidValueError(
        'cluster',
        `a cluster with a log store (${
          [...this.#stores.keys()].join(', ') || 'none is configured'
        })`,
        cluster,
      );
    }
    return store;
  }

  /**
   * The store of a cluster as far as the caller may read what they ask for.
   *
   * @throws NotAllowedError, InvalidValueError, LogStoreError
   */
  async open(
    asked: AskedScope,
    credentials: BackstageCredentials,
  ): Promise<ScopedStore> {
    const store = this.store(asked.cluster);
    const { namespaces, app } = asked;
    const bad = namespaces.find(name => !NAMESPACE.test(name));
    if (bad !== undefined || namespaces.length > MOST_NAMESPACES) {
      throw new InvalidValueError(
        'namespaces',
        `up to ${MOST_NAMESPACES} names of namespaces, separated by commas`,
        bad ?? namespaces.length,
      );
    }
    if (app !== undefined && !/^[A-Za-z0-9]([\w.-]{0,62})$/.test(app)) {
      throw new InvalidValueError('app', 'the label of an app', app);
    }
    const [reach, facts] = await Promise.all([
      this.#authority.reach(asked, credentials),
      store.facts(),
    ]);
    return new ScopedStore(store, facts, reach);
  }
}
