import type { LiveCluster } from './cluster';
import type { LivePod, LiveWorkload } from './model';

/**
 * Tells pods of one cluster from those of others of its mesh, also after they
 * are gone: the book of traces tells of all of them.
 */
export function createMembership({ pods }: LiveCluster) {
  const known = new WeakMap<LiveWorkload, boolean>();
  return ({ workload }: LivePod): boolean => {
    const found = known.get(workload);
    if (found !== undefined) return found;
    const isMember = pods.workloads.get(workload.key) === workload;
    known.set(workload, isMember);
    return isMember;
  };
}
