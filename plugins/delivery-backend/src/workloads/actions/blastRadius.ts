import type { WorkloadSummary } from '@orrery/backstage-plugin-delivery-common';
import {
  budgetCovers,
  workloadTemplateOf,
  readBudget,
  type BudgetObject,
  type WorkloadObject,
} from '@orrery/backstage-plugin-delivery-common';
import {
  formatRef,
  type ActionPreview,
  type Warning,
} from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import { as } from '../objects';
import type { ActionTools, WorkloadTarget } from './ActionTools';

const RATE_SECONDS = 60;

/** Requests per second that the mesh sees arrive; undefined when not known. */
async function requestRate(
  { prometheus, now = () => new Date() }: ActionTools,
  { cluster, namespace, name }: WorkloadTarget,
): Promise<number | undefined> {
  const matchers = [
    'reporter=~"destination|waypoint"',
    `destination_workload_namespace=${JSON.stringify(namespace)}`,
    `destination_workload=${JSON.stringify(name)}`,
  ].join(',');
  try {
    const samples = await prometheus
      .get(cluster)
      ?.query(
        `sum(rate(istio_requests_total{${matchers}}[${RATE_SECONDS}s]))`,
        { timeMilliseconds: now().getTime() },
      );
    const [sample] = samples ?? [];
    return sample && Number.isFinite(sample.value) ? sample.value : undefined;
  } catch {
    // A metric that is missing must not keep anyone from a preview.
    return undefined;
  }
}

async function budgetSentences(
  { client }: ActionTools,
  { cluster, namespace }: WorkloadTarget,
  object: KubernetesObject,
): Promise<string[]> {
  const labels =
    workloadTemplateOf(as<WorkloadObject>(object))?.metadata?.labels ?? {};
  try {
    const { items } = await client.list(
      cluster,
      RESOURCE_TYPES.podDisruptionBudgets,
      { namespace },
    );
    return items
      .map(item => as<BudgetObject>(item))
      .filter(budget => budgetCovers(budget, labels))
      .map(
        budget =>
          `PodDisruptionBudget ${budget.metadata.name}: ${
            readBudget(budget).sentence
          }.`,
      );
  } catch {
    return ['Whether a disruption budget applies is not known.'];
  }
}

/** What a change of a workload touches besides the workload itself. */
export async function readBlastRadius(
  tools: ActionTools,
  target: WorkloadTarget,
  object: KubernetesObject,
  facts: { summary: WorkloadSummary | undefined; replacesPods: boolean },
): Promise<ActionPreview['blastRadius']> {
  const { summary, replacesPods } = facts;
  const ref = formatRef({ ...target, type: 'workload' });
  const [requestsPerSecond, budgets, canary] = await Promise.all([
    requestRate(tools, target),
    replacesPods ? budgetSentences(tools, target, object) : [],
    tools.canaryOf?.(ref),
  ]);
  const pods = summary?.pods.desired;
  return {
    ...(pods !== undefined && { pods }),
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    sentences: [
      ...(replacesPods && pods === 1
        ? [
            'There is one pod only: the service depends on its update strategy to stay up.',
          ]
        : []),
      ...(replacesPods && summary && /Degraded|Failing/.test(summary.state)
        ? [
            `It is ${summary.state.toLocaleLowerCase('en-US')} now: ${
              summary.sentence
            }.`,
          ]
        : []),
      ...(summary?.scaler ? [`${summary.scaler.sentence}.`] : []),
      ...budgets,
      ...(canary ? [canary] : []),
    ],
  };
}

/**
 * Says who would take a change back, and for GitOps what to change there
 * instead.
 */
export function managedWarnings(
  summary: WorkloadSummary | undefined,
  patch: object,
): Warning[] {
  if (!summary || summary.managedBy.by === 'hand') {
    return [];
  }
  const { by, sentence } = summary.managedBy;
  const isInGit = by === 'argocd' || by === 'flux';
  return [
    { code: `managed-by-${by}`, message: `${sentence}.`, ref: summary.ref },
    ...(isInGit
      ? [
          {
            code: 'git-patch',
            message: `To keep it, change this in Git instead:\n${stringify(
              patch,
            )}`,
            ref: summary.ref,
          },
        ]
      : []),
  ];
}
