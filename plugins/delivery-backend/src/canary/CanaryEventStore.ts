import { randomUUID } from 'node:crypto';
import {
  canaryEventSchema,
  type CanaryEvent,
} from '@orrery/backstage-plugin-delivery-common';
import type { Knex } from 'knex';

type EventRow = {
  id: string;
  ref: string;
  at: string;
  kind: string;
  title: string;
  detail: string | null;
  actor: string | null;
};

const TABLE = 'canary_events';

/** What happened to canaries, as far as the portal had a hand in it or was told. */
export class CanaryEventStore {
  readonly #database: Knex;

  constructor(options: { database: Knex }) {
    this.#database = options.database;
  }

  async add(ref: string, events: readonly CanaryEvent[]): Promise<void> {
    if (events.length > 0) {
      await this.#database<EventRow>(TABLE).insert(
        events.map(event => ({
          id: randomUUID(),
          ref,
          at: event.at,
          kind: event.kind,
          title: event.title.slice(0, 2000),
          detail: event.detail?.slice(0, 5000) ?? null,
          actor: event.actor ?? null,
        })),
      );
    }
  }

  /** The newest first. */
  async list(ref: string, limit = 100): Promise<CanaryEvent[]> {
    const rows = await this.#database<EventRow>(TABLE)
      .where({ ref })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    return rows.map(row =>
      canaryEventSchema.parse({
        at: row.at,
        kind: row.kind,
        title: row.title,
        ...(row.detail !== null && { detail: row.detail }),
        ...(row.actor !== null && { actor: row.actor }),
      }),
    );
  }
}
