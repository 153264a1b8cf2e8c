import {
  detectFieldMap,
  type LogFieldMap,
} from '@orrery/backstage-plugin-logs-common';
import type { LogStoreConfig } from '../config/readLogStores';
import {
  ElasticsearchClient,
  type StoreField,
  type StoreProduct,
} from './ElasticsearchClient';
import { LogStoreError } from './LogStoreError';

/** New fields and upgrades show after this time. */
const FRESH_MILLISECONDS = 60_000;

/** What is known of a store. */
export type StoreFacts = {
  /** Absent where the store does not tell us. */
  product?: StoreProduct;
  fields: ReadonlyMap<string, StoreField>;
  map: LogFieldMap;
};

/** One cluster's store, and what it is known to have. */
export class LogStore {
  readonly config: LogStoreConfig;
  readonly client: ElasticsearchClient;
  #facts: StoreFacts | undefined;
  #readAt = -Infinity;
  #reading: Promise<StoreFacts> | undefined;

  constructor(config: LogStoreConfig) {
    this.config = config;
    this.client = new ElasticsearchClient(config);
  }

  /**
   * Read again at most once a minute; readers do not wait for that.
   *
   * @throws LogStoreError when it was never read
   */
  async facts(): Promise<StoreFacts> {
    const isOld = Date.now() - this.#readAt > FRESH_MILLISECONDS;
    if (isOld && !this.#reading) {
      this.#reading = this.#read().finally(() => {
        this.#reading = undefined;
      });
      this.#reading.catch(() => undefined);
    }
    if (this.#facts) {
      return this.#facts;
    }
    return this.#reading ?? this.#read();
  }

  async #read(): Promise<StoreFacts> {
    const [product, fields] = await Promise.all([
      this.client.product().catch((error: unknown) => {
        // Those who may only read indexes are not told the version.
        if (
          error instanceof LogStoreError &&
          ['forbidden', 'refused', 'garbage'].includes(error.failure)
        ) {
          return undefined;
        }
        throw error;
      }),
      this.client.fields(),
    ]);
    this.#facts = {
      product,
      fields,
      map: detectFieldMap(fields, this.config.fields),
    };
    // An empty store has fields as soon as its first line comes.
    this.#readAt = fields.size === 0 ? -Infinity : Date.now();
    return this.#facts;
  }
}
