import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  canaryOfPlan,
  commandPlan,
  ISTIO_ENGINE,
  isOver,
  targetOf,
  type Canary,
  type CanaryVerb,
  type PlanVerb,
} from '@orrery/backstage-plugin-delivery-common';
import type {
  CanaryCommand,
  CanaryCommandPreview,
  CanaryEngine,
  EngineReading,
} from '@orrery/backstage-plugin-delivery-node';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { PlanDriver, PlanListener } from '../plans/PlanDriver';
import type { PlanRecord, PlanStore } from '../plans/PlanStore';
import { objectKey, type CachedObjects } from './CachedObjects';
import { flaggerWorkload } from './flaggerParts';
import { refuseChanged } from './versions';

/** Plans that are over are shown for so long. */
const SHOWN_MILLISECONDS = 7 * 24 * 3600_000;
/** Plans are read from the database at most so often; other backends change them too. */
const FRESH_MILLISECONDS = 1000;

const VERBS: readonly CanaryVerb[] = [
  'promote',
  'promote-full',
  'pause',
  'resume',
  'skip-step',
  'abort',
  'retry',
  'approve',
  'reject',
  'set-weight',
] satisfies PlanVerb[];

const isPlanVerb = (verb: CanaryVerb): verb is PlanVerb => VERBS.includes(verb);

const SENTENCES: Partial<Record<CanaryVerb, string[]>> = {
  'promote-full': ['Steps and analyses that are left are skipped.'],
  'set-weight': ['The plan is held there until it is resumed.'],
  abort: ['Traffic goes back first; then the canary’s Deployment is removed.'],
  reject: ['Traffic goes back first; then the canary’s Deployment is removed.'],
};

/** Our own canaries on plain Deployments and Istio's routes. */
export class IstioEngine implements CanaryEngine {
  readonly id = ISTIO_ENGINE;
  readonly title = 'Istio';
  readonly kind = 'CanaryPlan';
  readonly #store: PlanStore;
  readonly #driver: Pick<PlanDriver, 'drive'>;
  readonly #tell: PlanListener;
  readonly #objects: CachedObjects;
  readonly #now: () => Date;
  readonly #listeners = new Set<() => void>();
  #read: { at: number; records: Promise<PlanRecord[]> } = {
    at: -Infinity,
    records: Promise.resolve([]),
  };

  constructor(options: {
    store: PlanStore;
    driver: Pick<PlanDriver, 'drive'>;
    /** Told of what people did, as the driver tells of what it did. */
    tell: PlanListener;
    objects: CachedObjects;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#driver = options.driver;
    this.#tell = options.tell;
    this.#objects = options.objects;
    this.#now = options.now ?? (() => new Date());
  }

  async read(cluster: string): Promise<EngineReading> {
    const name = `${cluster}/plans`;
    try {
      const [records, deployments] = await Promise.all([
        this.#records(),
        this.#objects.index(
          cluster,
          RESOURCE_TYPES.deployments,
          'by name',
          objectKey,
        ),
      ]);
      const podsOf = (key: string) =>
        flaggerWorkload(deployments.get(key)?.[0]);
      return {
        canaries: records
          .filter(record => record.cluster === cluster)
          .map(record => viewOf(record, podsOf)),
        source: { name, state: 'ok', asOf: this.#now().toISOString() },
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { canaries: [], source: { name, state: 'failed', reason } };
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told by whoever changed a plan. */
  plansChanged(): void {
    this.#read.at = -Infinity;
    this.#listeners.forEach(listener => listener());
  }

  async preview(command: CanaryCommand): Promise<CanaryCommandPreview> {
    const record = await this.#current(command.canary);
    const { state } = this.#command(record, command, 'preview', 'preview');
    return {
      before: shown(record),
      after: shown({ ...record, state }),
      sentences: SENTENCES[command.verb] ?? [],
    };
  }

  async perform(
    command: CanaryCommand,
    context: { resourceVersion: string; actor: string; reason: string },
  ): Promise<string> {
    refuseChanged(command.canary, context.resourceVersion);
    const record = await this.#current(command.canary);
    const { state, events } = this.#command(
      record,
      command,
      context.actor,
      context.reason,
    );
    const saved = await this.#store.update(record, state);
    if (!saved) {
      throw new ConflictError(
        'The canary was changed at the same moment: look again',
      );
    }
    await this.#tell(record, saved, events);
    this.plansChanged();
    // What can be done at once is done at once; the scheduler sees to the rest.
    await this.#driver.drive(saved.id);
    return `The plan accepted: ${command.verb}`;
  }

  #command(
    record: PlanRecord,
    { verb, weight }: CanaryCommand,
    actor: string,
    reason: string,
  ) {
    if (!isPlanVerb(verb)) {
      throw new ConflictError(`A plan of ours knows no ${verb}`);
    }
    const now = this.#now().toISOString();
    return commandPlan(record.plan, record.state, {
      verb,
      actor,
      reason,
      now,
      weight,
    });
  }

  async #current({ ref }: Canary): Promise<PlanRecord> {
    const [cluster, namespace, , workload] = ref.split('/');
    const [record] = await this.#store.ofWorkload(
      cluster,
      namespace,
      workload,
      1,
    );
    if (!record) {
      throw new NotFoundError(`No canary of ${workload} in ${namespace}`);
    }
    return record;
  }

  #records(): Promise<PlanRecord[]> {
    const now = this.#now().getTime();
    if (now - this.#read.at > FRESH_MILLISECONDS) {
      const since = new Date(now - SHOWN_MILLISECONDS).toISOString();
      this.#read = { at: now, records: this.#store.latest(since) };
    }
    return this.#read.records;
  }
}

function viewOf(
  record: PlanRecord,
  podsOf: (
    key: string,
  ) => { desiredPods?: number; readyPods?: number } | undefined,
): Canary {
  const counts = (name: string) => {
    const pods = podsOf(`${record.namespace}/${name}`);
    return pods && { desiredPods: pods.desiredPods, readyPods: pods.readyPods };
  };
  return canaryOfPlan({
    ...record,
    events: [],
    pods: isOver(record.state)
      ? undefined
      : {
          stable: counts(record.workload),
          canary: counts(record.context.canaryWorkload),
        },
  });
}

/** What a person compares: where the plan is, and what it wants of the cluster. */
function shown({ plan, state }: PlanRecord): string {
  const target = targetOf(plan, state);
  return stringify({
    phase: state.phase,
    step: state.stepIndex + 1,
    held: state.hold !== undefined,
    approved: state.approval !== undefined,
    wanted: target && {
      canary: target.canary,
      routes: target.routes,
      stableImage: target.stableImage,
    },
  });
}
