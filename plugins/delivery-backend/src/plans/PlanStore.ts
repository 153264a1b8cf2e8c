import { randomUUID } from 'node:crypto';
import {
  canaryPlanSchema,
  isOver,
  planContextSchema,
  planStateSchema,
  type CanaryPlan,
  type PlanContext,
  type PlanState,
} from '@orrery/backstage-plugin-delivery-common';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';

/** A plan with all that is remembered of it. */
export type PlanRecord = {
  id: string;
  cluster: string;
  namespace: string;
  /** Name of the stable Deployment. */
  workload: string;
  plan: CanaryPlan;
  context: PlanContext;
  state: PlanState;
  startedBy: string;
  purpose: string;
  createdAt: string;
  updatedAt: string;
  revision: number;
};

type PlanRow = {
  id: string;
  cluster: string;
  namespace: string;
  workload: string;
  active_key: string | null;
  plan: string;
  context: string;
  state: string;
  phase: string;
  started_by: string;
  purpose: string;
  created_at: string;
  updated_at: string;
  revision: number;
  lease_holder: string | null;
  lease_until: string | null;
};

const TABLE = 'canary_plans';

function fromRow(row: PlanRow): PlanRecord {
  return {
    id: row.id,
    cluster: row.cluster,
    namespace: row.namespace,
    workload: row.workload,
    plan: canaryPlanSchema.parse(JSON.parse(row.plan)),
    context: planContextSchema.parse(JSON.parse(row.context)),
    state: planStateSchema.parse(JSON.parse(row.state)),
    startedBy: row.started_by,
    purpose: row.purpose,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    revision: Number(row.revision),
  };
}

const keyOf = (
  record: Pick<PlanRecord, 'cluster' | 'namespace' | 'workload'>,
) => `${record.cluster}/${record.namespace}/${record.workload}`;

/** The table of plans. Every change names the revision that it is based on. */
export class PlanStore {
  readonly #database: Knex;
  readonly #now: () => Date;

  constructor(options: { database: Knex; now?: () => Date }) {
    this.#database = options.database;
    this.#now = options.now ?? (() => new Date());
  }

  /** @throws ConflictError where a plan for the workload is active already */
  async create(
    draft: Omit<PlanRecord, 'id' | 'createdAt' | 'updatedAt' | 'revision'>,
  ): Promise<PlanRecord> {
    const now = this.#now().toISOString();
    const id = randomUUID();
    await this.#database<PlanRow>(TABLE)
      .insert({
        id,
        cluster: draft.cluster,
        namespace: draft.namespace,
        workload: draft.workload,
        active_key: keyOf(draft),
        plan: JSON.stringify(draft.plan),
        context: JSON.stringify(draft.context),
        state: JSON.stringify(draft.state),
        phase: draft.state.phase,
        started_by: draft.startedBy,
        purpose: draft.purpose,
        created_at: now,
        updated_at: now,
        revision: 1,
      })
      .onConflict('active_key')
      .ignore();
    const made = await this.get(id);
    if (!made) {
      throw new ConflictError(
        `A canary of ${draft.workload} in ${draft.namespace} is under way already: finish or abort it first`,
      );
    }
    return made;
  }

  /**
   * Stores a new state.
   *
   * @returns the record at its new revision, or undefined where someone else
   *   has changed it since `record` was read
   */
  async update(
    record: PlanRecord,
    state: PlanState,
  ): Promise<PlanRecord | undefined> {
    const updatedAt = this.#now().toISOString();
    const revision = record.revision + 1;
    const changed = await this.#database<PlanRow>(TABLE)
      .where({ id: record.id, revision: record.revision })
      .update({
        state: JSON.stringify(state),
        phase: state.phase,
        updated_at: updatedAt,
        revision,
        active_key: isOver(state) ? null : keyOf(record),
      });
    return changed === 1
      ? { ...record, state, updatedAt, revision }
      : undefined;
  }

  async get(id: string): Promise<PlanRecord | undefined> {
    const row = await this.#database<PlanRow>(TABLE).where({ id }).first();
    return row && fromRow(row);
  }

  /** Plans that are not over. */
  async active(): Promise<PlanRecord[]> {
    const rows = await this.#database<PlanRow>(TABLE)
      .whereNotNull('active_key')
      .orderBy('created_at');
    return rows.map(fromRow);
  }

  /** The latest plan of each workload that has one, active or over since `since`. */
  async latest(since: string): Promise<PlanRecord[]> {
    const rows = await this.#database<PlanRow>(TABLE)
      .whereNotNull('active_key')
      .orWhere('updated_at', '>', since)
      .orderBy('created_at', 'desc');
    const seen = new Set<string>();
    return rows.map(fromRow).filter(record => {
      const key = keyOf(record);
      return !seen.has(key) && seen.add(key);
    });
  }

  /** The plans of one workload, the newest first. */
  async ofWorkload(
    cluster: string,
    namespace: string,
    workload: string,
    limit: number,
  ): Promise<PlanRecord[]> {
    const rows = await this.#database<PlanRow>(TABLE)
      .where({ cluster, namespace, workload })
      .orderBy('created_at', 'desc')
      .limit(limit);
    return rows.map(fromRow);
  }

  /**
   * Takes a plan for a while, so that no other driver is at it.
   *
   * @returns false where another one has it
   */
  async lease(id: string, holder: string, seconds: number): Promise<boolean> {
    const now = this.#now();
    const until = new Date(now.getTime() + seconds * 1000).toISOString();
    const changed = await this.#database<PlanRow>(TABLE)
      .where({ id })
      .andWhere(free =>
        free
          .whereNull('lease_until')
          .orWhere('lease_until', '<', now.toISOString())
          .orWhere('lease_holder', holder),
      )
      .update({ lease_holder: holder, lease_until: until });
    return changed === 1;
  }

  /** Gives a plan back before its time. */
  async release(id: string, holder: string): Promise<void> {
    await this.#database<PlanRow>(TABLE)
      .where({ id, lease_holder: holder })
      .update({ lease_holder: null, lease_until: null });
  }
}
