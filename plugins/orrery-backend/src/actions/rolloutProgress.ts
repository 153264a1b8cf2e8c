import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';

const workloadSchema = z.object({
  kind: z.string().optional(),
  metadata: z.object({ generation: z.number().optional() }),
  spec: z.object({ replicas: z.number().optional() }).optional(),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      replicas: z.number().optional(),
      updatedReplicas: z.number().optional(),
      availableReplicas: z.number().optional(),
      readyReplicas: z.number().optional(),
      desiredNumberScheduled: z.number().optional(),
      updatedNumberScheduled: z.number().optional(),
      numberAvailable: z.number().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

type Progress = {
  state: 'running' | 'succeeded' | 'failed';
  message: string;
};

/**
 * Where a rollout of a Deployment, StatefulSet or DaemonSet stands, by the
 * rules of `kubectl rollout status`.
 */
export function rolloutProgress(object: KubernetesObject): Progress {
  const { metadata, spec, status } = workloadSchema.parse(object);
  if (
    status === undefined ||
    (status.observedGeneration ?? 0) < (metadata.generation ?? 0)
  ) {
    return { state: 'running', message: 'Waiting for the controller' };
  }
  const stuck = status.conditions?.find(
    condition =>
      condition.type === 'Progressing' &&
      condition.reason === 'ProgressDeadlineExceeded',
  );
  if (stuck) {
    return {
      state: 'failed',
      message: stuck.message ?? 'The rollout exceeded its progress deadline',
    };
  }
  const desired = status.desiredNumberScheduled ?? spec?.replicas ?? 1;
  const updated = status.updatedNumberScheduled ?? status.updatedReplicas ?? 0;
  const available =
    status.numberAvailable ??
    status.availableReplicas ??
    status.readyReplicas ??
    0;
  const old =
    status.updatedNumberScheduled === undefined
      ? (status.replicas ?? updated) - updated
      : 0;
  if (updated < desired) {
    return {
      state: 'running',
      message: `${updated} of ${desired} pods replaced`,
    };
  }
  if (old > 0) {
    return {
      state: 'running',
      message: `${old} old ${old === 1 ? 'pod is' : 'pods are'} ending`,
    };
  }
  return available < desired
    ? { state: 'running', message: `${available} of ${desired} pods available` }
    : {
        state: 'succeeded',
        message:
          desired === 1 ? 'The pod runs anew' : `All ${desired} pods run anew`,
      };
}
