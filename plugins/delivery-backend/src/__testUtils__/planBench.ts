import { mockServices } from '@backstage/backend-test-utils';
import {
  canaryPlanSchema,
  commandPlan,
  initialState,
  type CanaryPlanInput,
  type CanaryVerdict,
  type PlanVerb,
} from '@orrery/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { CanaryEventStore } from '../canary/CanaryEventStore';
import { PlanCluster } from '../plans/PlanCluster';
import { PlanDriver } from '../plans/PlanDriver';
import { PlanStore, type PlanRecord } from '../plans/PlanStore';
import { preparePlan } from '../plans/preparePlan';
import { NEW_IMAGE, PlanWorld, type Routing } from './planWorld';

const TARGET = {
  cluster: 'kepler',
  namespace: 'wealth',
  kind: 'Deployment',
  name: 'quote',
};

/** A plan that walks through every kind of state. */
export const PLAN: CanaryPlanInput = {
  workload: 'kepler/wealth/Deployment/quote',
  image: NEW_IMAGE,
  steps: [
    { kind: 'weight', weight: 10 },
    { kind: 'pause', seconds: 30 },
    { kind: 'header', headers: { 'x-canary': { exact: 'yes' } } },
    { kind: 'weight', weight: 50 },
    { kind: 'analysis' },
  ],
  analysis: { intervalSeconds: 10, maximumErrorIncreasePoints: 1 },
  onSuccess: 'promote',
};

/**
 * A world, a database and a clock, with as many backends on them as a test
 * wants: each call of {@link PlanBench.backend} is one that has just started.
 */
export class PlanBench {
  readonly world: PlanWorld;
  readonly store: PlanStore;
  seconds = 0;
  verdict: CanaryVerdict['state'] = 'go';
  readonly #database: Knex;
  #backends = 0;

  constructor(database: Knex, routing?: Routing) {
    this.world = new PlanWorld(routing);
    this.#database = database;
    this.store = new PlanStore({ database, now: this.now });
  }

  readonly now = () => new Date(Date.UTC(2026, 0, 1) + this.seconds * 1000);

  async start(plan: CanaryPlanInput = PLAN): Promise<PlanRecord> {
    const parsed = canaryPlanSchema.parse(plan);
    const { context } = await preparePlan(this.world.cluster, parsed, TARGET);
    return this.store.create({
      cluster: 'kepler',
      namespace: 'wealth',
      workload: 'quote',
      plan: parsed,
      context,
      state: initialState(this.now().toISOString()),
      startedBy: 'user:default/lin',
      purpose: 'Faster',
    });
  }

  /** A backend that knows nothing but the database. */
  backend(client = this.world.cluster): PlanDriver {
    this.#backends += 1;
    const events = new CanaryEventStore({ database: this.#database });
    return new PlanDriver({
      store: new PlanStore({ database: this.#database, now: this.now }),
      cluster: new PlanCluster({ client }),
      judge: {
        look: async () => ({
          verdict: {
            state: this.verdict,
            sentence: `The judge says ${this.verdict}`,
            at: this.now().toISOString(),
          },
          measured: [],
        }),
      },
      logger: mockServices.logger.mock(),
      holder: `backend-${this.#backends}`,
      listener: async (_before, { id }, told) => events.add(id, told),
      now: this.now,
    });
  }

  async command(id: string, verb: PlanVerb): Promise<void> {
    const record = await this.record(id);
    const { state } = commandPlan(record.plan, record.state, {
      verb,
      actor: 'user:default/lin',
      reason: 'because',
      now: this.now().toISOString(),
    });
    await this.store.update(record, state);
  }

  async record(id: string): Promise<PlanRecord> {
    const record = await this.store.get(id);
    if (!record) {
      throw new Error(`No plan ${id}`);
    }
    return record;
  }

  /** Where a plan is, as one word. */
  async place(id: string): Promise<string> {
    const { state } = await this.record(id);
    const detail =
      state.stage ?? (state.phase === 'stepping' ? state.stepIndex : '');
    return [state.phase, detail].filter(part => part !== '').join(' ');
  }

  /** Lets time pass, with a new backend for every look. */
  async pass(id: string, looks = 30): Promise<string> {
    for (let look = 0; look < looks; look += 1) {
      await this.backend().drive(id);
      this.world.settle();
      this.seconds += 10;
    }
    return this.place(id);
  }
}
