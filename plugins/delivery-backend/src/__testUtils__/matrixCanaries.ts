import {
  canaryPlanSchema,
  initialState,
  type CanaryVerb,
  type PlanState,
} from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import type { Knex } from 'knex';
import { PlanStore } from '../plans/PlanStore';
import { preparePlan } from '../plans/preparePlan';
import type { MemoryCluster } from './MemoryCluster';
import {
  flaggerCanary,
  flaggerDeployment,
  pausedRollout,
  rolloutSet,
} from './sampleCanaries';

/** Kind of the canary that a verb is tried on: between them all engines. */
const KINDS: Record<CanaryVerb, 'CanaryPlan' | 'Rollout' | 'Canary'> = {
  promote: 'CanaryPlan',
  'promote-full': 'CanaryPlan',
  pause: 'Canary',
  resume: 'Canary',
  'skip-step': 'Rollout',
  abort: 'CanaryPlan',
  retry: 'CanaryPlan',
  approve: 'CanaryPlan',
  reject: 'CanaryPlan',
  'set-weight': 'CanaryPlan',
  undo: 'Rollout',
  restart: 'Rollout',
};

const NAMES = {
  CanaryPlan: 'payment',
  Rollout: 'payment-quote',
  Canary: 'payment-fund',
};

/** The canary that a verb is tried on, in a namespace. */
export function matrixCanary(verb: CanaryVerb, namespace: string): string {
  const kind = KINDS[verb];
  return `kepler/${namespace}/${kind}/${NAMES[kind]}`;
}

type Put = (type: ResourceType, object: KubernetesObject) => void;

function putRollout(put: Put, verb: CanaryVerb): void {
  const name = NAMES.Rollout;
  const set = (hash: string, tag: string, version: string) => {
    const object = rolloutSet(hash, tag, version);
    put(RESOURCE_TYPES.replicaSets, {
      ...object,
      metadata: {
        ...object.metadata,
        ownerReferences: [{ kind: 'Rollout', name, controller: true }],
      },
    });
  };
  const isSettled = verb === 'restart';
  const rollout = pausedRollout({
    ...(verb === 'skip-step' && { phase: 'Progressing', pauseConditions: [] }),
    ...(isSettled && {
      phase: 'Healthy',
      currentPodHash: 'old',
      currentStepIndex: 3,
      pauseConditions: [],
    }),
  });
  put(RESOURCE_TYPES.rollouts, {
    ...rollout,
    metadata: { ...rollout.metadata, name },
  });
  set('old', '1.0.0', 'stable');
  if (!isSettled) {
    set('new', '2.0.0', 'canary');
  }
}

function putFlagger(put: Put, verb: CanaryVerb): void {
  const name = NAMES.Canary;
  const canary = flaggerCanary('Progressing', {
    targetRef: { kind: 'Deployment', name },
    ...(verb === 'resume' && { suspend: true }),
  });
  put(RESOURCE_TYPES.canaries, {
    ...canary,
    metadata: { ...canary.metadata, name },
  });
  put(RESOURCE_TYPES.deployments, flaggerDeployment(name, '3.1.0'));
  put(RESOURCE_TYPES.deployments, flaggerDeployment(`${name}-primary`, '3.0'));
}

/** Where a plan has to be for a verb to make sense. */
function planState(verb: CanaryVerb, now: string): PlanState {
  const state: PlanState = {
    ...initialState(now),
    phase: 'stepping',
    routedSince: now,
  };
  switch (verb) {
    case 'approve':
    case 'reject':
      return { ...state, stepIndex: 1 };
    case 'retry':
      return {
        ...state,
        phase: 'aborted',
        abort: { by: 'plan', reason: 'Errors' },
      };
    default:
      return state;
  }
}

async function createPlan(
  cluster: MemoryCluster,
  database: Knex,
  namespace: string,
  verb: CanaryVerb,
): Promise<void> {
  const store = new PlanStore({ database });
  const name = NAMES.CanaryPlan;
  const target = { cluster: 'kepler', namespace, kind: 'Deployment', name };
  const plan = canaryPlanSchema.parse({
    workload: `kepler/${namespace}/Deployment/${name}`,
    image: 'pay:1.4',
    steps: [
      { kind: 'pause', seconds: 3600 },
      { kind: 'approval' },
      { kind: 'weight', weight: 20 },
    ],
  });
  const { context } = await preparePlan(cluster, plan, target);
  const now = new Date().toISOString();
  const state = planState(verb, now);
  const record = await store.create({
    cluster: 'kepler',
    namespace,
    workload: name,
    plan,
    context,
    state: initialState(now),
    startedBy: 'user:default/lin',
    purpose: 'Faster',
  });
  // Creating makes it active; only a change can end it.
  await store.update(record, state);
}

/** A canary in the state that a verb is for. */
export async function putMatrixCanary(
  cluster: MemoryCluster,
  database: Knex,
  namespace: string,
  verb: CanaryVerb,
): Promise<void> {
  const put: Put = (type, object) =>
    cluster.put(type, {
      ...object,
      metadata: { ...object.metadata, namespace },
    });
  switch (KINDS[verb]) {
    case 'Rollout':
      putRollout(put, verb);
      return;
    case 'Canary':
      putFlagger(put, verb);
      return;
    default:
      await createPlan(cluster, database, namespace, verb);
  }
}
