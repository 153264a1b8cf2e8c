import type {
  CanarySummary,
  Release,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';

/** What runs of a service in one environment of one cluster. */
export type EnvironmentState = {
  key: string;
  /** As the canaries name it, otherwise by the suffix of the namespace. */
  name: string;
  cluster: string;
  namespace: string;
  workloads: { workload: WorkloadSummary; since?: string }[];
  canaries: CanarySummary[];
};

const RUNS_ONCE = ['Job', 'CronJob'];
const PRODUCTION = 'production';

/** `wealth-test` of `wealth` is `test`; the namespace itself is production. */
function environmentOf(namespace: string, binding: Binding): string {
  return namespace === binding.namespace
    ? PRODUCTION
    : namespace.slice(binding.namespace.length + 1);
}

/** Where a service runs and what, production last. */
export function environmentsOf(
  binding: Binding,
  facts: {
    workloads: readonly WorkloadSummary[];
    canaries: readonly CanarySummary[];
    releases: readonly Release[];
  },
): EnvironmentState[] {
  const states = new Map<string, EnvironmentState>();
  for (const workload of facts.workloads) {
    const { cluster, namespace, kind, ref } = workload;
    if (RUNS_ONCE.includes(kind)) {
      continue;
    }
    const key = `${cluster}/${namespace}`;
    const canaries = facts.canaries.filter(canary =>
      canary.ref.startsWith(`${key}/`),
    );
    const state = states.get(key) ?? {
      key,
      name:
        canaries.find(({ environment }) => environment)?.environment ??
        environmentOf(namespace, binding),
      cluster,
      namespace,
      workloads: [],
      canaries,
    };
    const since = facts.releases
      .filter(release => release.workload === ref)
      .map(({ startedAt }) => startedAt)
      .sort()
      .at(-1);
    state.workloads.push({ workload, ...(since && { since }) });
    states.set(key, state);
  }
  const isProduction = ({ namespace }: EnvironmentState) =>
    namespace === binding.namespace;
  return [...states.values()].sort(
    (left, right) =>
      Number(isProduction(left)) - Number(isProduction(right)) ||
      left.key.localeCompare(right.key),
  );
}
