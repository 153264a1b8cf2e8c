import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

const CHANGES = 'config_changes';
const KNOWN = 'config_known_keys';
/** SQLite takes so many values in one statement, and no more. */
const ROWS_AT_ONCE = 50;

/** One change of a key, with its values as they were. */
export type StoredChange = {
  id: string;
  prefix: string;
  /** Below the prefix. */
  key: string;
  change: 'set' | 'deleted' | 'seen';
  at: string;
  by: 'orrery' | 'outside';
  actor?: string;
  reason?: string;
  /** Field manager that owns a key of a ConfigMap. */
  manager?: string;
  /** Of the value; of a deletion, that of the value that went. */
  modifyIndex: number;
  /** Orders what has the same instant. */
  consulIndex: number;
  before?: string;
  after?: string;
};

/** A key as it was seen last; `text` is absent for what is no text. */
export type KnownKey = { key: string; modifyIndex: number; text?: string };

type ChangeRow = {
  id: string;
  prefix: string;
  config_key: string;
  change: string;
  at: string;
  noted_by: string;
  actor: string | null;
  reason: string | null;
  manager: string | null;
  modify_index: string | number;
  consul_index: string | number;
  before_text: string | null;
  after_text: string | null;
};

type KnownRow = {
  prefix: string;
  config_key: string;
  modify_index: string | number;
  value_text: string | null;
};

/**
 * The id of a change. Who writes and who watches know the same of it; the value
 * is part of it, as indices begin anew with a new Consul.
 */
export function changeId(change: Omit<StoredChange, 'id'>): string {
  const { prefix, key, modifyIndex, after, before } = change;
  const isDeleted = change.change === 'deleted';
  const parts = [prefix, key, isDeleted, modifyIndex, after ?? before ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function toRow(change: StoredChange): ChangeRow {
  return {
    id: change.id,
    prefix: change.prefix,
    config_key: change.key,
    change: change.change,
    at: change.at,
    noted_by: change.by,
    actor: change.actor ?? null,
    reason: change.reason ?? null,
    manager: change.manager ?? null,
    modify_index: change.modifyIndex,
    consul_index: change.consulIndex,
    before_text: change.before ?? null,
    after_text: change.after ?? null,
  };
}

function fromRow(row: ChangeRow): StoredChange {
  return {
    id: row.id,
    prefix: row.prefix,
    key: row.config_key,
    change: row.change as StoredChange['change'],
    at: row.at,
    by: row.noted_by as StoredChange['by'],
    modifyIndex: Number(row.modify_index),
    consulIndex: Number(row.consul_index),
    ...(row.actor !== null && { actor: row.actor }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.manager !== null && { manager: row.manager }),
    ...(row.before_text !== null && { before: row.before_text }),
    ...(row.after_text !== null && { after: row.after_text }),
  };
}

/** Where the next page of a list begins. */
export function cursorOf({ at, consulIndex, id }: StoredChange): string {
  return `${at}~${consulIndex}~${id}`;
}

/** The tables of the history. */
export class HistoryStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** Keys of a prefix as they were seen last. */
  async known(prefix: string): Promise<Map<string, KnownKey>> {
    const rows = await this.#database<KnownRow>(KNOWN).where({ prefix });
    return new Map(
      rows.map(row => [
        row.config_key,
        {
          key: row.config_key,
          modifyIndex: Number(row.modify_index),
          ...(row.value_text !== null && { text: row.value_text }),
        },
      ]),
    );
  }

  /** The highest index that a change of each key has. */
  async lastIndices(prefix: string): Promise<Map<string, number>> {
    const rows = await this.#database<ChangeRow>(CHANGES)
      .where({ prefix })
      .groupBy('config_key')
      .select('config_key')
      .max({ last: 'modify_index' });
    return new Map(
      rows.map(({ config_key: key, last }) => [String(key), Number(last)]),
    );
  }

  /**
   * Adds changes. What Orrery wrote itself says who and why, whoever noticed
   * it first.
   */
  async add(
    prefix: string,
    changes: readonly StoredChange[],
    present: { set: readonly KnownKey[]; gone: readonly string[] },
  ): Promise<void> {
    await this.#database.transaction(async transaction => {
      for (let from = 0; from < changes.length; from += ROWS_AT_ONCE) {
        const rows = changes.slice(from, from + ROWS_AT_ONCE).map(toRow);
        const own = rows.filter(row => row.noted_by === 'orrery');
        const noticed = rows.filter(row => row.noted_by !== 'orrery');
        if (own.length > 0) {
          await transaction<ChangeRow>(CHANGES)
            .insert(own)
            .onConflict('id')
            .merge();
        }
        if (noticed.length > 0) {
          await transaction<ChangeRow>(CHANGES)
            .insert(noticed)
            .onConflict('id')
            .ignore();
        }
      }
      for (let from = 0; from < present.set.length; from += ROWS_AT_ONCE) {
        await transaction<KnownRow>(KNOWN)
          .insert(
            present.set.slice(from, from + ROWS_AT_ONCE).map(known => ({
              prefix,
              config_key: known.key,
              modify_index: known.modifyIndex,
              value_text: known.text ?? null,
            })),
          )
          .onConflict(['prefix', 'config_key'])
          .merge();
      }
      if (present.gone.length > 0) {
        await transaction<KnownRow>(KNOWN)
          .where({ prefix })
          .whereIn('config_key', [...present.gone])
          .delete();
      }
    });
  }

  /** Changes of a prefix or of one key, the newest first. */
  async list(filter: {
    prefix: string;
    key?: string;
    /** Cursor of the last one that is known. */
    before?: string;
    limit: number;
  }): Promise<StoredChange[]> {
    const query = this.#database<ChangeRow>(CHANGES)
      .where({ prefix: filter.prefix })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'consul_index', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(filter.limit);
    if (filter.key !== undefined) {
      query.where({ config_key: filter.key });
    }
    if (filter.before !== undefined) {
      const [at, index, id] = filter.before.split('~');
      query.where(later =>
        later
          .where('at', '<', at)
          .orWhere(same =>
            same.where({ at }).where('consul_index', '<', Number(index)),
          )
          .orWhere(same =>
            same
              .where({ at, consul_index: Number(index) })
              .where('id', '<', id),
          ),
      );
    }
    return (await query).map(fromRow);
  }

  async get(id: string): Promise<StoredChange | undefined> {
    const row = await this.#database<ChangeRow>(CHANGES).where({ id }).first();
    return row && fromRow(row);
  }
}
