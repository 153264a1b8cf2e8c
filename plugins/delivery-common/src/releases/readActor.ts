import { managedBy, type ObjectMeta } from '../workloads';
import type { ReleaseActor } from './schema';

/** What our own actions write as the cause of a change. */
const OURS = /^(.+?) via Orrery: ([\s\S]*)$/;
/** Managers that carry out what others decided. */
const CONTROLLERS =
  /^(kube-controller-manager|rollouts-controller|flagger|kubelet|argo-rollouts|manager)$/;

/**
 * Tells who changed a workload, and why, from the cause that the revision
 * carries, the tool that owns the workload, or whoever wrote to it last.
 *
 * @param cause - value of `kubernetes.io/change-cause`
 * @public
 */
export function readActor(
  workload: ObjectMeta,
  cause: string | undefined,
  flagger?: string,
): { actor: ReleaseActor; why?: string } {
  const [, person, reason] = OURS.exec(cause ?? '') ?? [];
  if (person !== undefined) {
    return {
      actor: { by: 'person', name: person, sentence: `${person} by Orrery` },
      ...(reason && { why: reason }),
    };
  }
  const why = cause ? { why: cause } : {};
  const { by, name } = managedBy(workload, flagger);
  if (by === 'argocd' || by === 'flux' || by === 'helm' || by === 'flagger') {
    const tool = {
      argocd: 'Argo CD',
      flux: 'Flux',
      helm: 'Helm',
      flagger: 'Flagger',
    }[by];
    return {
      actor: {
        by,
        ...(name && { name }),
        sentence: name ? `${tool} (${name})` : tool,
      },
      ...why,
    };
  }
  const [last] = [...(workload.managedFields ?? [])]
    .filter(({ manager }) => manager && !CONTROLLERS.test(manager))
    .sort((left, right) => (right.time ?? '').localeCompare(left.time ?? ''));
  return {
    actor: last?.manager
      ? {
          by: 'tool',
          name: last.manager,
          sentence: `Someone with ${last.manager}`,
        }
      : { by: 'unknown', sentence: 'Nothing in the cluster says who' },
    ...why,
  };
}
