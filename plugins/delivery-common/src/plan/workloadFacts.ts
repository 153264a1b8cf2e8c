import { z } from 'zod';
import { templateParts } from './canaryDeployment';
import type { WorkloadFacts } from './facts';

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

const deploymentSchema = z.object({
  metadata: z.object({ generation: z.number().optional() }),
  spec: z.object({ replicas: z.number().default(1) }),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      replicas: z.number().default(0),
      updatedReplicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      availableReplicas: z.number().default(0),
      conditions: z.array(conditionSchema).default([]),
    })
    .prefault({}),
});

const containerStatusSchema = z.object({
  name: z.string(),
  ready: z.boolean().default(false),
  restartCount: z.number().default(0),
  state: z
    .object({
      waiting: z
        .object({
          reason: z.string().optional(),
          message: z.string().optional(),
        })
        .optional(),
    })
    .default({}),
});

const podSchema = z.object({
  metadata: z.object({ name: z.string() }),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z.array(conditionSchema).default([]),
      containerStatuses: z.array(containerStatusSchema).default([]),
    })
    .prefault({}),
});

/** Reasons for waiting that more waiting does not cure. */
const HOPELESS = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);
/** A first crash may be bad luck; a loop is not. */
const CRASHES_OF_A_LOOP = 2;

type Problem = { sentence: string; isHopeless: boolean };

function podProblem(pod: unknown): Problem | undefined {
  const parsed = podSchema.safeParse(pod);
  if (!parsed.success) {
    return undefined;
  }
  const { metadata, status } = parsed.data;
  for (const container of status.containerStatuses) {
    const { waiting } = container.state;
    const reason = waiting?.reason ?? '';
    if (reason === 'CrashLoopBackOff') {
      return {
        sentence: `${container.name} in ${metadata.name} crashes again and again (${container.restartCount} restarts)`,
        isHopeless: container.restartCount >= CRASHES_OF_A_LOOP,
      };
    }
    if (HOPELESS.has(reason)) {
      return {
        sentence: `${container.name} in ${metadata.name}: ${reason}${
          waiting?.message ? `: ${waiting.message}` : ''
        }`,
        // The first refusal may be a registry that is busy.
        isHopeless: reason !== 'ErrImagePull',
      };
    }
  }
  const unscheduled = status.conditions.find(
    ({ type, status: value }) => type === 'PodScheduled' && value === 'False',
  );
  return unscheduled
    ? {
        sentence: `${metadata.name} has no node: ${
          unscheduled.message ?? unscheduled.reason ?? 'unknown'
        }`,
        isHopeless: false,
      }
    : undefined;
}

/**
 * What a plan wants to know of a Deployment. It is rolled out by the rules of
 * `kubectl rollout status`.
 *
 * @param deployment - undefined where the API server has none
 * @param pods - its pods
 * @public
 */
export function workloadFacts(
  deployment: { [field: string]: unknown } | undefined,
  pods: readonly unknown[],
  container: string,
): WorkloadFacts {
  if (!deployment) {
    return {
      exists: false,
      desiredPods: 0,
      readyPods: 0,
      isRolledOut: false,
      isHopeless: false,
    };
  }
  const { metadata, spec, status } = deploymentSchema.parse(deployment);
  const image = templateParts(deployment).containers.find(
    ({ name }) => name === container,
  )?.image;
  const stuck = status.conditions.find(
    ({ reason }) => reason === 'ProgressDeadlineExceeded',
  );
  const refused = status.conditions.find(
    ({ type, status: value }) => type === 'ReplicaFailure' && value === 'True',
  );
  const problems = pods
    .map(podProblem)
    .filter(problem => problem !== undefined);
  const problem = problems.find(({ isHopeless }) => isHopeless) ?? problems[0];
  return {
    exists: true,
    image: typeof image === 'string' ? image : undefined,
    desiredPods: spec.replicas,
    readyPods: status.readyReplicas,
    isRolledOut:
      status.observedGeneration >= (metadata.generation ?? 0) &&
      status.updatedReplicas >= spec.replicas &&
      status.replicas <= status.updatedReplicas &&
      status.availableReplicas >= spec.replicas,
    problem: problem?.sentence ?? refused?.message ?? stuck?.message,
    isHopeless: problem?.isHopeless ?? stuck !== undefined,
  };
}
