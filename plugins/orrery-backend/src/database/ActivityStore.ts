import { randomUUID } from 'node:crypto';
import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type {
  Activity,
  ActivityList,
} from '@orrery/backstage-plugin-orrery-common';
import type {
  ActivityProgress,
  ActivityStart,
} from '@orrery/backstage-plugin-orrery-node';
import type { Knex } from 'knex';

type ActivityRow = {
  id: string;
  started_at: string;
  finished_at: string | null;
  actor: string;
  action: string;
  target: string;
  reason: string;
  summary: string;
  before: string;
  after: string;
  state: Activity['state'];
  message: string;
  undo: string;
  idempotency_key: string;
};

const MIGRATIONS = resolvePackagePath(
  '@orrery/backstage-plugin-orrery-backend',
  'migrations',
);

function fromRow(row: ActivityRow): Activity {
  return {
    id: row.id,
    startedAt: row.started_at,
    ...(row.finished_at && { finishedAt: row.finished_at }),
    actor: row.actor,
    action: row.action,
    target: row.target,
    reason: row.reason,
    summary: row.summary,
    before: row.before,
    after: row.after,
    state: row.state,
    message: row.message,
    undo: row.undo,
  };
}

/** The table of activities. */
export class ActivityStore {
  readonly #database: Knex;
  readonly #now: () => Date;

  private constructor(database: Knex, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  /** Migrates the table and opens it. */
  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<ActivityStore> {
    const client = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await client.migrate.latest({ directory: MIGRATIONS });
    }
    return new ActivityStore(client, options.now ?? (() => new Date()));
  }

  /** Opens a row, or finds the one that the same key of the same actor made. */
  async start(
    start: ActivityStart,
  ): Promise<{ activity: Activity; created: boolean }> {
    const { idempotencyKey, ...fields } = start;
    const id = randomUUID();
    // The unique key decides between two callers at once, not a read before.
    await this.#database<ActivityRow>('activity')
      .insert({
        id,
        started_at: this.#now().toISOString(),
        finished_at: null,
        ...fields,
        state: 'running',
        idempotency_key: idempotencyKey,
      })
      .onConflict(['actor', 'idempotency_key'])
      .ignore();
    const row = await this.#database<ActivityRow>('activity')
      .where({ actor: start.actor, idempotency_key: idempotencyKey })
      .first();
    if (!row) {
      throw new Error('The activity could not be stored');
    }
    return { activity: fromRow(row), created: row.id === id };
  }

  /** Records progress; a row that has ended stays as it ended. */
  async update(
    id: string,
    progress: ActivityProgress,
  ): Promise<'updated' | 'ended' | 'absent'> {
    const changed = await this.#database<ActivityRow>('activity')
      .where({ id, state: 'running' })
      .update({
        ...progress,
        finished_at:
          progress.state === 'running' ? null : this.#now().toISOString(),
      });
    if (changed > 0) {
      return 'updated';
    }
    return (await this.get(id)) ? 'ended' : 'absent';
  }

  async get(id: string): Promise<Activity | undefined> {
    const row = await this.#database<ActivityRow>('activity')
      .where({ id })
      .first();
    return row && fromRow(row);
  }

  /**
   * The newest first.
   *
   * @param before - the `next` of the page before
   */
  async list(options: {
    limit: number;
    before?: string;
    target?: string;
  }): Promise<ActivityList> {
    const query = this.#database<ActivityRow>('activity')
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(options.limit + 1);
    if (options.target) {
      query.where('target', options.target);
    }
    if (options.before) {
      const separator = options.before.lastIndexOf('_');
      const startedAt = options.before.slice(0, separator);
      const id = options.before.slice(separator + 1);
      query.where(builder =>
        builder
          .where('started_at', '<', startedAt)
          .orWhere(same =>
            same.where('started_at', startedAt).andWhere('id', '<', id),
          ),
      );
    }
    const rows = await query;
    const items = rows.slice(0, options.limit).map(fromRow);
    const last = items.at(-1);
    return {
      items,
      ...(rows.length > options.limit &&
        last && { next: `${last.startedAt}_${last.id}` }),
    };
  }
}
