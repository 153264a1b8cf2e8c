import type { ConsulEntry } from '../sources/answers';
import type { ConsulListing } from '../sources/ConsulClient';
import {
  changeId,
  type HistoryStore,
  type KnownKey,
  type StoredChange,
} from './HistoryStore';

type Draft = Omit<StoredChange, 'id' | 'prefix' | 'at' | 'consulIndex'>;

function draftsOf(
  entries: readonly (ConsulEntry & { key: string })[],
  known: ReadonlyMap<string, KnownKey>,
): Draft[] {
  const present = new Set(entries.map(({ key }) => key));
  const set = entries.flatMap(({ key, text, modifyIndex }): Draft[] => {
    const before = known.get(key);
    if (before?.modifyIndex === modifyIndex && before.text === text) {
      return [];
    }
    return [
      {
        key,
        // What nobody knew may be as old as the service.
        change: before || known.size > 0 ? 'set' : 'seen',
        by: 'outside',
        modifyIndex,
        ...(before?.text !== undefined && { before: before.text }),
        ...(text !== undefined && { after: text }),
      },
    ];
  });
  const gone = [...known.values()].flatMap(
    ({ key, modifyIndex, text }): Draft[] =>
      present.has(key)
        ? []
        : [
            {
              key,
              change: 'deleted',
              by: 'outside',
              modifyIndex,
              ...(text !== undefined && { before: text }),
            },
          ],
  );
  return [...set, ...gone];
}

/**
 * Compares prefixes with what was known of them, and writes what others have
 * changed into the history.
 */
export class HistoryObserver {
  readonly #store: HistoryStore;
  readonly #now: () => Date;
  /** One at a time for each prefix, for each compares with what the last one wrote. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(store: HistoryStore, now: () => Date = () => new Date()) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * Takes notice of a listing.
   *
   * @param relist - reads the prefix anew, where the listing is older than what is known
   */
  async observe(
    prefix: string,
    listing: ConsulListing,
    relist: () => Promise<ConsulListing>,
  ): Promise<void> {
    const before = this.#running.get(prefix) ?? Promise.resolve();
    const running = before
      .catch(() => undefined)
      .then(() => this.#observe(prefix, listing, relist));
    this.#running.set(prefix, running);
    try {
      await running;
    } finally {
      if (this.#running.get(prefix) === running) {
        this.#running.delete(prefix);
      }
    }
  }

  async #observe(
    prefix: string,
    listing: ConsulListing,
    relist: () => Promise<ConsulListing>,
  ): Promise<void> {
    const known = await this.#store.known(prefix);
    const newest = Math.max(
      0,
      ...[...known.values()].map(({ modifyIndex }) => modifyIndex),
    );
    // A listing from before a write that is known by now would look like its
    // undoing. A second look tells it from a Consul that began anew.
    const { entries, index } =
      listing.index < newest ? await relist() : listing;
    const own = entries.map(entry => ({
      ...entry,
      key: entry.key.slice(prefix.length),
    }));
    const drafts = draftsOf(own, known);
    if (drafts.length === 0) {
      return;
    }
    const at = this.#now().toISOString();
    const changes = drafts.map((draft): StoredChange => {
      const change = { ...draft, prefix, at, consulIndex: index };
      return { ...change, id: changeId(change) };
    });
    const changed = new Set(drafts.map(({ key }) => key));
    await this.#store.add(prefix, changes, {
      set: own
        .filter(({ key }) => changed.has(key))
        .map(({ key, modifyIndex, text }) => ({
          key,
          modifyIndex,
          ...(text !== undefined && { text }),
        })),
      gone: drafts
        .filter(({ change }) => change === 'deleted')
        .map(({ key }) => key),
    });
  }
}
