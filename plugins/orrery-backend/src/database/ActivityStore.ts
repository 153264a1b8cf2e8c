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
  ApprovalRequest,
  ApprovalStart,
  ApprovalVerdict,
} from '@orrery/backstage-plugin-orrery-node';
import type { Knex } from 'knex';
import { fromRow, type ActivityRow } from './activityRow';

const MIGRATIONS = resolvePackagePath(
  '@orrery/backstage-plugin-orrery-backend',
  'migrations',
);

/** No action runs and is verified for so long; its backend must have ended. */
const MOST_RUNNING_MILLISECONDS = 60 * 60_000;

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
    return this.#open(start, { state: 'running' });
  }

  /** Opens a row that waits for a second person, or finds the one of the same key. */
  async ask(
    request: ApprovalStart,
  ): Promise<{ activity: Activity; created: boolean }> {
    const { plugin, input, resourceVersion, neededUntil, ...start } = request;
    return this.#open(start, {
      state: 'waiting',
      plugin,
      input: JSON.stringify(input),
      resource_version: resourceVersion,
      needed_until: neededUntil,
    });
  }

  /** What a second person is asked for; undefined for rows that need none. */
  async readRequest(id: string): Promise<ApprovalRequest | undefined> {
    await this.#expire();
    const row = await this.#database<ActivityRow>('activity')
      .where({ id })
      .first();
    if (!row || row.input === null || row.resource_version === null) {
      return undefined;
    }
    return {
      activity: fromRow(row),
      input: JSON.parse(row.input),
      resourceVersion: row.resource_version,
    };
  }

  /**
   * Decides a waiting row. The condition of the update lets one of several win,
   * whichever backend they ask.
   */
  async decide(
    id: string,
    verdict: ApprovalVerdict,
  ): Promise<{ activity: Activity; decided: boolean } | undefined> {
    await this.#expire();
    const at = this.#now().toISOString();
    const changed = await this.#database<ActivityRow>('activity')
      .where({ id, state: 'waiting' })
      .update({
        state: verdict.decision === 'approved' ? 'running' : verdict.decision,
        finished_at: verdict.decision === 'approved' ? null : at,
        message: verdict.message,
        decision: verdict.decision,
        decided_by: verdict.decidedBy,
        decided_at: at,
        decision_reason: verdict.decisionReason,
      });
    const activity = await this.get(id);
    return activity && { activity, decided: changed > 0 };
  }

  /**
   * Ends what nobody decided in time and what nobody can tell of any more,
   * before anyone sees it as waiting or running.
   */
  async #expire(): Promise<void> {
    const now = this.#now();
    const at = now.toISOString();
    const cutOff = new Date(now.getTime() - MOST_RUNNING_MILLISECONDS);
    await this.#database<ActivityRow>('activity')
      .where({ state: 'running' })
      .andWhere('started_at', '<=', cutOff.toISOString())
      .andWhere(approved =>
        approved
          .whereNull('decided_at')
          .orWhere('decided_at', '<=', cutOff.toISOString()),
      )
      .update({
        state: 'failed',
        finished_at: at,
        message:
          'Cut off: nobody tells of it any more. It may have been done or not',
      });
    await this.#database<ActivityRow>('activity')
      .where({ state: 'waiting' })
      .andWhere('needed_until', '<=', at)
      .update({
        state: 'expired',
        finished_at: at,
        message: 'Expired: nobody approved it in time',
        decision: 'expired',
        decided_at: at,
      });
  }

  async #open(
    start: ActivityStart,
    more: Partial<ActivityRow> & { state: Activity['state'] },
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
        ...more,
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
    await this.#expire();
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
    state?: Activity['state'];
  }): Promise<ActivityList> {
    await this.#expire();
    const query = this.#database<ActivityRow>('activity')
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(options.limit + 1);
    if (options.target) {
      query.where('target', options.target);
    }
    if (options.state) {
      query.where('state', options.state);
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
