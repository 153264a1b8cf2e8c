import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  advancePlan,
  isOver,
  targetOf,
  type CanaryEvent,
  type CanaryVerdict,
  type MeasuredMetric,
  type PlanState,
} from '@orrery/backstage-plugin-delivery-common';
import type { PlanCluster, Observation } from './PlanCluster';
import type { PlanRecord, PlanStore } from './PlanStore';

/** Longer than any look at a cluster takes, so that a lease ends only with its holder. */
const LEASE_SECONDS = 60;
/** A plan moves on at most so many states in one go. */
const MAXIMUM_MOVES = 6;

/** Compares canary and stable; never throws: what it cannot see it holds for. */
export interface PlanJudge {
  look(
    record: PlanRecord,
  ): Promise<{ verdict: CanaryVerdict; measured: MeasuredMetric[] }>;
}

/** Told after every change of a plan. */
export type PlanListener = (
  before: PlanRecord,
  after: PlanRecord,
  events: readonly CanaryEvent[],
) => Promise<void>;

/**
 * Carries out plans: looks at the cluster, advances the plan on what it sees,
 * stores that, then makes the cluster as the plan wants it. All of it can be
 * done again from any point, so that a backend may stop anywhere and another
 * one go on; a lease keeps two from being at one plan at once.
 */
export class PlanDriver {
  readonly #store: PlanStore;
  readonly #cluster: PlanCluster;
  readonly #judge: PlanJudge;
  readonly #logger: LoggerService;
  readonly #holder: string;
  readonly #listener: PlanListener;
  readonly #now: () => Date;

  constructor(options: {
    store: PlanStore;
    cluster: PlanCluster;
    judge: PlanJudge;
    logger: LoggerService;
    /** A name that no other driver has. */
    holder: string;
    listener: PlanListener;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#cluster = options.cluster;
    this.#judge = options.judge;
    this.#logger = options.logger;
    this.#holder = options.holder;
    this.#listener = options.listener;
    this.#now = options.now ?? (() => new Date());
  }

  /** One look at every active plan. One that fails does not stop the others. */
  async driveAll(): Promise<void> {
    for (const { id } of await this.#store.active()) {
      await this.drive(id).catch(error => {
        this.#logger.error(`Plan ${id} could not be driven: ${error}`);
      });
    }
  }

  /** Drives one plan as far as it goes now. */
  async drive(id: string): Promise<void> {
    if (!(await this.#store.lease(id, this.#holder, LEASE_SECONDS))) {
      return;
    }
    try {
      let record = await this.#store.get(id);
      for (let move = 0; move < MAXIMUM_MOVES && record; move += 1) {
        record = await this.#look(record);
      }
    } finally {
      await this.#store.release(id, this.#holder);
    }
  }

  /** @returns the plan where another look is worth taking at once */
  async #look(record: PlanRecord): Promise<PlanRecord | undefined> {
    if (isOver(record.state)) {
      return undefined;
    }
    let observed: Observation;
    try {
      observed = await this.#cluster.observe(record);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.#save(
        record,
        this.#withProblem(record.state, [
          `The cluster cannot be read, nothing is changed until it can: ${reason}`,
        ]),
        [],
      );
      // Looking again at once would see the same.
      return undefined;
    }
    const { plan, state } = record;
    const target = targetOf(plan, state);
    const isRouted =
      target && this.#cluster.isRouted(record, observed, target.routes);
    const advance = advancePlan(plan, state, {
      now: this.#now().toISOString(),
      stable: observed.stable,
      canary: observed.canary,
      routes: isRouted ? target.routes : undefined,
      ...(this.#isLookDue(record) && (await this.#judge.look(record))),
    });
    const moved = await this.#save(record, advance.state, advance.events);
    const wanted = moved && targetOf(plan, moved.state);
    if (!wanted) {
      return undefined;
    }
    const { problems, isChanged } = await this.#cluster.ensure(
      moved,
      observed,
      wanted,
    );
    const told = this.#withProblem(moved.state, problems);
    const saved = await this.#save(moved, told, []);
    const isMoving = isChanged || moved.revision !== record.revision;
    return problems.length === 0 && isMoving ? saved : undefined;
  }

  #isLookDue({ plan, state }: PlanRecord): boolean {
    if (!plan.analysis || state.phase !== 'stepping' || !state.routedSince) {
      return false;
    }
    const last = Date.parse(state.lookedAt ?? state.routedSince);
    return this.#now().getTime() - last >= plan.analysis.intervalSeconds * 1000;
  }

  #withProblem(state: PlanState, problems: readonly string[]): PlanState {
    if (problems.length === 0) {
      return state.problem === undefined
        ? state
        : { ...state, problem: undefined };
    }
    const sentence = problems.join('. ');
    return state.problem?.sentence === sentence
      ? state
      : {
          ...state,
          problem: {
            since: state.problem?.since ?? this.#now().toISOString(),
            sentence,
          },
        };
  }

  async #save(
    record: PlanRecord,
    state: PlanState,
    events: readonly CanaryEvent[],
  ): Promise<PlanRecord | undefined> {
    if (JSON.stringify(state) === JSON.stringify(record.state)) {
      return record;
    }
    const saved = await this.#store.update(record, state);
    if (saved) {
      await this.#listener(record, saved, events);
    }
    return saved;
  }
}
