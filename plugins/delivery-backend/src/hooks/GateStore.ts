import {
  flaggerGateTypeSchema,
  type FlaggerGate,
  type FlaggerGateType,
} from '@orrery/backstage-plugin-delivery-common';
import type { Knex } from 'knex';

type GateRow = {
  ref: string;
  type: string;
  checksum: string;
  is_open: boolean | number;
  asked_at: string | null;
  last_asked_at: string | null;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
};

const TABLE = 'canary_gates';

/** Gates that Flagger asks the portal about, and what people decided. */
export class GateStore {
  readonly #database: Knex;
  readonly #now: () => Date;

  constructor(options: { database: Knex; now?: () => Date }) {
    this.#database = options.database;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Flagger asks whether a gate is open for a rollout. A rollout that was
   * never asked about finds it closed, whatever was decided about others.
   */
  async ask(
    ref: string,
    type: FlaggerGateType,
    checksum: string,
  ): Promise<{ isOpen: boolean; isFirst: boolean }> {
    const now = this.#now().toISOString();
    const row = await this.#database<GateRow>(TABLE)
      .where({ ref, type })
      .first();
    if (row && row.checksum === checksum) {
      await this.#database<GateRow>(TABLE)
        .where({ ref, type, checksum })
        .update({ asked_at: row.asked_at ?? now, last_asked_at: now });
      return { isOpen: Boolean(row.is_open), isFirst: row.asked_at === null };
    }
    await this.#database<GateRow>(TABLE)
      .insert({
        ref,
        type,
        checksum,
        is_open: false,
        asked_at: now,
        last_asked_at: now,
        decided_by: null,
        decided_at: null,
        reason: null,
      })
      .onConflict(['ref', 'type'])
      .merge();
    return { isOpen: false, isFirst: true };
  }

  /**
   * Opens or closes a gate for the rollout that was asked about last.
   *
   * @returns false where it was that way already, or was never asked about
   */
  async decide(
    ref: string,
    type: FlaggerGateType,
    isOpen: boolean,
    by: string,
    reason: string,
  ): Promise<boolean> {
    const changed = await this.#database<GateRow>(TABLE)
      .where({ ref, type })
      .whereNot('is_open', isOpen)
      .update({
        is_open: isOpen,
        decided_by: by,
        decided_at: this.#now().toISOString(),
        reason,
      });
    return changed === 1;
  }

  /** Makes sure that a gate is known, closed, before anyone asks: to open it ahead. */
  async expect(
    ref: string,
    type: FlaggerGateType,
    checksum: string,
  ): Promise<void> {
    await this.#database<GateRow>(TABLE)
      .insert({ ref, type, checksum, is_open: false })
      .onConflict(['ref', 'type'])
      .ignore();
  }

  /** Gates of all canaries, by their ref. */
  async all(): Promise<Map<string, FlaggerGate[]>> {
    const rows = await this.#database<GateRow>(TABLE).select();
    const gates = new Map<string, FlaggerGate[]>();
    for (const row of rows) {
      const type = flaggerGateTypeSchema.safeParse(row.type);
      if (type.success) {
        const gate: FlaggerGate = {
          type: type.data,
          isOpen: Boolean(row.is_open),
          ...(row.asked_at && { askedAt: row.asked_at }),
          ...(row.last_asked_at && { lastAskedAt: row.last_asked_at }),
          ...(row.decided_by && { decidedBy: row.decided_by }),
        };
        gates.set(row.ref, [...(gates.get(row.ref) ?? []), gate]);
      }
    }
    return gates;
  }
}
