/** One key with its value and its place in Consul's history. */
export interface KeyEntry {
  key: string;
  value: Buffer;
  flags: number;
  createIndex: number;
  modifyIndex: number;
  lockIndex: number;
  /** The session that holds the key as a lock. */
  session?: string;
}

/** Writes that become visible together, under one index. */
export interface Writing {
  get(key: string): KeyEntry | undefined;
  list(prefix: string): KeyEntry[];
  /** Keeps index of creation, and the lock unless a new one is named. */
  set(
    key: string,
    value: Buffer,
    flags: number,
    lock?: { session?: string; lockIndex: number },
  ): KeyEntry;
  delete(key: string): void;
  deleteTree(prefix: string): void;
}

type Listener = (keys: readonly string[]) => void;

/** A store's first index: a cluster has a past when one comes to it. */
const FIRST_INDEX = 1200;

/** The keys, with an index that grows with every write, as Raft's does. */
export class KeyValueStore {
  readonly #entries = new Map<string, KeyEntry>();
  /** Index at which keys went away, so that who watches their prefix is told. */
  readonly #gone = new Map<string, number>();
  readonly #listeners = new Set<Listener>();
  #index = FIRST_INDEX;
  /** Index of the last write to a key. */
  #keysIndex = FIRST_INDEX;

  get index(): number {
    return this.#index;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Takes an index for a change that is none of keys. */
  nextIndex(): number {
    return ++this.#index;
  }

  get(key: string): KeyEntry | undefined {
    return this.#entries.get(key);
  }

  /** Entries below a prefix, in the order of their keys. */
  list(prefix: string): KeyEntry[] {
    const found: KeyEntry[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.key.startsWith(prefix)) found.push(entry);
    }
    return found.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  /** Index of one key; of all keys when there is none of that name. */
  indexOfKey(key: string): number {
    return this.#entries.get(key)?.modifyIndex ?? this.#keysIndex;
  }

  /** Index of the last change below a prefix; of all keys when nothing is known of it. */
  indexOfPrefix(prefix: string): number {
    let last = 0;
    for (const { key, modifyIndex } of this.#entries.values()) {
      if (modifyIndex > last && key.startsWith(prefix)) last = modifyIndex;
    }
    for (const [key, index] of this.#gone) {
      if (index > last && key.startsWith(prefix)) last = index;
    }
    return last === 0 ? this.#keysIndex : last;
  }

  /** Runs writes as one; what throws leaves nothing behind. */
  write<T>(work: (writing: Writing) => T): T {
    const index = this.#index + 1;
    const before = new Map<string, KeyEntry | undefined>();
    const put = (key: string, entry: KeyEntry | undefined) => {
      if (!before.has(key)) before.set(key, this.#entries.get(key));
      if (entry) this.#entries.set(key, entry);
      else this.#entries.delete(key);
    };
    const writing: Writing = {
      get: key => this.get(key),
      list: prefix => this.list(prefix),
      set: (key, value, flags, lock) => {
        const present = this.#entries.get(key);
        const holder = lock ?? present;
        const same =
          present !== undefined &&
          present.flags === flags &&
          present.session === holder?.session &&
          present.lockIndex === (holder?.lockIndex ?? 0) &&
          present.value.equals(value);
        if (same) return present;
        const entry: KeyEntry = {
          key,
          value,
          flags,
          createIndex: present?.createIndex ?? index,
          modifyIndex: index,
          lockIndex: holder?.lockIndex ?? 0,
          ...(holder?.session ? { session: holder.session } : {}),
        };
        put(key, entry);
        return entry;
      },
      delete: key => {
        if (this.#entries.has(key)) put(key, undefined);
      },
      deleteTree: prefix =>
        this.list(prefix).forEach(entry => put(entry.key, undefined)),
    };
    let result: T;
    try {
      result = work(writing);
    } catch (error) {
      for (const [key, entry] of before) {
        if (entry) this.#entries.set(key, entry);
        else this.#entries.delete(key);
      }
      throw error;
    }
    this.#index = index;
    if (before.size > 0) this.#publish([...before.keys()], index);
    return result;
  }

  /** Calls back after each write with the keys that it touched. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #publish(keys: string[], index: number): void {
    this.#keysIndex = index;
    for (const key of keys) {
      if (this.#entries.has(key)) this.#gone.delete(key);
      else this.#gone.set(key, index);
    }
    for (const listener of [...this.#listeners]) listener(keys);
  }
}
