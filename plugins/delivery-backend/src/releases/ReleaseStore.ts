import {
  releaseSchema,
  type Release,
  type ReleaseFigures,
  type ReleaseProgress,
  type ReleaseRange,
} from '@orrery/backstage-plugin-delivery-common';
import type { Knex } from 'knex';

const TABLE = 'releases';
/** SQLite takes so many values in one statement, and no more. */
const ROWS_AT_ONCE = 40;
const UNRANGED_AT_ONCE = 20;

type ReleaseRow = {
  id: string;
  workload: string;
  cluster: string;
  namespace: string;
  app: string;
  revision: number;
  revision_name: string;
  version: string | null;
  images: string;
  actor: string;
  why: string | null;
  is_rollback: boolean | number;
  started_at: string;
  finished_at: string | null;
  state: string;
  outcome: string;
  commit_id: string | null;
  built_at: string | null;
  commit_range: string | null;
  is_range_final: boolean | number;
  canary: string | null;
  figures_before: string | null;
  figures_after: string | null;
  template: string;
};

/** A release with the pod template that it brought, as YAML. */
export type StoredRelease = Release & { template: string };

function fromRow(row: ReleaseRow): StoredRelease {
  const release = releaseSchema.parse({
    id: row.id,
    workload: row.workload,
    cluster: row.cluster,
    namespace: row.namespace,
    app: row.app,
    revision: row.revision,
    revisionName: row.revision_name,
    images: JSON.parse(row.images),
    actor: JSON.parse(row.actor),
    isRollback: Boolean(row.is_rollback),
    startedAt: row.started_at,
    state: row.state,
    outcome: row.outcome,
    ...(row.version && { version: row.version }),
    ...(row.why && { why: row.why }),
    ...(row.finished_at && { finishedAt: row.finished_at }),
    ...(row.commit_id && { commit: row.commit_id }),
    ...(row.built_at && { builtAt: row.built_at }),
    ...(row.commit_range && { range: JSON.parse(row.commit_range) }),
    ...(row.canary && { canary: row.canary }),
    ...(row.figures_before && { before: JSON.parse(row.figures_before) }),
    ...(row.figures_after && { after: JSON.parse(row.figures_after) }),
  });
  return { ...release, template: row.template };
}

function toRow(release: StoredRelease): ReleaseRow {
  const json = (value: unknown) =>
    value === undefined ? null : JSON.stringify(value);
  return {
    id: release.id,
    workload: release.workload,
    cluster: release.cluster,
    namespace: release.namespace,
    app: release.app,
    revision: release.revision,
    revision_name: release.revisionName,
    version: release.version ?? null,
    images: JSON.stringify(release.images),
    actor: JSON.stringify(release.actor),
    why: release.why ?? null,
    is_rollback: release.isRollback,
    started_at: release.startedAt,
    finished_at: release.finishedAt ?? null,
    state: release.state,
    outcome: release.outcome,
    commit_id: release.commit ?? null,
    built_at: release.builtAt ?? null,
    commit_range: json(release.range),
    is_range_final: false,
    canary: release.canary ?? null,
    figures_before: json(release.before),
    figures_after: json(release.after),
    template: release.template,
  };
}

/** Which releases are asked for. */
export type ReleaseFilter = {
  cluster?: string;
  namespaces: readonly string[];
  workload?: string;
  app?: string;
  /** Ref of the canary that walked them. */
  canary?: string;
  /** Started before this instant. */
  before?: string;
  /** Started at this instant or after. */
  since?: string;
  limit: number;
};

/** The table of releases; every writer may come twice. */
export class ReleaseStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** Adds those that are not there yet. */
  async add(releases: readonly StoredRelease[]): Promise<void> {
    for (let from = 0; from < releases.length; from += ROWS_AT_ONCE) {
      await this.#database<ReleaseRow>(TABLE)
        .insert(releases.slice(from, from + ROWS_AT_ONCE).map(toRow))
        .onConflict('id')
        .ignore();
    }
  }

  /** Ids of all releases of a cluster, to tell what is new. */
  async ids(cluster: string): Promise<Set<string>> {
    const rows = await this.#database<ReleaseRow>(TABLE)
      .where({ cluster })
      .select('id');
    return new Set(rows.map(({ id }) => id));
  }

  /** Releases that are not through, by cluster. */
  async open(cluster: string): Promise<StoredRelease[]> {
    const rows = await this.#database<ReleaseRow>(TABLE).where({
      cluster,
      state: 'progressing',
    });
    return rows.map(fromRow);
  }

  /** Says how one stands; only the first to end it does. */
  async progress(
    id: string,
    progress: ReleaseProgress & { finishedAt?: string },
  ): Promise<void> {
    await this.#database<ReleaseRow>(TABLE)
      .where({ id, state: 'progressing' })
      .update({
        state: progress.state,
        outcome: progress.outcome,
        finished_at: progress.finishedAt ?? null,
      });
  }

  /** Releases that ended in a time and have no figures from after it. */
  async unmeasured(from: string, until: string): Promise<StoredRelease[]> {
    const rows = await this.#database<ReleaseRow>(TABLE)
      .whereNull('figures_after')
      .whereIn('state', ['succeeded', 'failed'])
      .where('finished_at', '>=', from)
      .where('finished_at', '<=', until)
      .limit(100);
    return rows.map(fromRow);
  }

  async setFigures(
    id: string,
    figures: { before: ReleaseFigures; after: ReleaseFigures },
  ): Promise<void> {
    await this.#database<ReleaseRow>(TABLE)
      .where({ id })
      .update({
        figures_before: JSON.stringify(figures.before),
        figures_after: JSON.stringify(figures.after),
      });
  }

  /** Those that began since an instant and whose commits are worth looking for, the newest first. */
  async unranged(since: string): Promise<StoredRelease[]> {
    const rows = await this.#database<ReleaseRow>(TABLE)
      .where({ is_range_final: false })
      .where('started_at', '>=', since)
      .orderBy('started_at', 'desc')
      .limit(UNRANGED_AT_ONCE);
    return rows.map(fromRow);
  }

  async setRange(
    id: string,
    range: ReleaseRange,
    isFinal: boolean,
  ): Promise<void> {
    await this.#database<ReleaseRow>(TABLE)
      .where({ id })
      .update({
        commit_range: JSON.stringify(range),
        is_range_final: isFinal,
        ...(range.to && { commit_id: range.to }),
      });
  }

  /** The newest first. */
  async list(filter: ReleaseFilter): Promise<StoredRelease[]> {
    const { cluster, namespaces, before, since, limit } = filter;
    const query = this.#database<ReleaseRow>(TABLE)
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'revision', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (cluster !== undefined) {
      query.where({ cluster });
    }
    if (namespaces.length > 0) {
      query.whereIn('namespace', [...namespaces]);
    }
    for (const column of ['workload', 'app', 'canary'] as const) {
      const wanted = filter[column];
      if (wanted !== undefined) {
        query.where(column, wanted);
      }
    }
    if (before !== undefined) {
      query.where('started_at', '<', before);
    }
    if (since !== undefined) {
      query.where('started_at', '>=', since);
    }
    return (await query).map(fromRow);
  }

  async get(id: string): Promise<StoredRelease | undefined> {
    const row = await this.#database<ReleaseRow>(TABLE).where({ id }).first();
    return row && fromRow(row);
  }

  /** The release before one, of the same workload. */
  async previousOf(release: StoredRelease): Promise<StoredRelease | undefined> {
    const row = await this.#database<ReleaseRow>(TABLE)
      .where({ workload: release.workload })
      .where('started_at', '<=', release.startedAt)
      .whereNot({ id: release.id })
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'revision', order: 'desc' },
      ])
      .first();
    return row && fromRow(row);
  }
}
