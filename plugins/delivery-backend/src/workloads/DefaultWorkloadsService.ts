import { NotFoundError } from '@backstage/errors';
import {
  budgetCovers,
  workloadTemplateOf,
  readBudget,
  readContainers,
  readEvents,
  readPod,
  workloadKindSchema,
  WORKLOAD_KINDS,
  type BudgetObject,
  type EventObject,
  type WorkloadDetails,
  type WorkloadKind,
  type WorkloadList,
} from '@orrery/backstage-plugin-delivery-common';
import {
  InvalidValueError,
  type SourceStatus,
} from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  parseTarget,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type OrreryConfig,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import { as } from './objects';
import { readRevisions } from './readRevisions';
import type { SharedWorkloadsService, WorkloadQuery } from './types';
import type { WorkloadIndexes } from './WorkloadIndexes';

const MAXIMUM_EVENTS = 200;

/** Reads workloads from the watch caches. */
export class DefaultWorkloadsService implements SharedWorkloadsService {
  readonly #indexes: WorkloadIndexes;
  readonly #client: ClusterClient;
  readonly #config: OrreryConfig;

  constructor(options: {
    indexes: WorkloadIndexes;
    client: ClusterClient;
    config: OrreryConfig;
  }) {
    this.#indexes = options.indexes;
    this.#client = options.client;
    this.#config = options.config;
  }

  async list(query: WorkloadQuery): Promise<WorkloadList> {
    const { cluster, namespaces, app } = query;
    const names = this.#config.clusters.map(({ name }) => name);
    if (cluster !== undefined && !names.includes(cluster)) {
      throw new InvalidValueError(
        'cluster',
        `a cluster that is configured (${names.join(', ')})`,
        cluster,
      );
    }
    const chosen = cluster === undefined ? names : [cluster];
    const read = await Promise.all(
      chosen.map(name => this.#indexes.read(name)),
    );
    const wanted = new Set(namespaces);
    const items = read.flatMap(({ index }) =>
      wanted.size === 0 && app === undefined
        ? index.summaries
        : index.summaries.filter(
            summary =>
              (wanted.size === 0 || wanted.has(summary.namespace)) &&
              (app === undefined || summary.app === app),
          ),
    );
    return {
      items,
      provenance: {
        sources: read.flatMap(({ sources }, position) =>
          sources.map(source => ({
            ...source,
            name: `${chosen[position]}/${source.name}`,
          })),
        ),
        warnings: [],
      },
    };
  }

  async details(ref: string): Promise<WorkloadDetails> {
    const target = parseTarget('ref', ref, {
      kinds: WORKLOAD_KINDS,
      config: this.#config,
    });
    const { cluster, namespace, name } = target;
    const kind: WorkloadKind = workloadKindSchema.parse(target.kind);
    const { index, sources } = await this.#indexes.read(cluster);
    const found = index.find(namespace, kind, name);
    if (!found) {
      throw new NotFoundError(`There is no ${kind} ${name} in ${namespace}`);
    }
    const { summary, parts } = found;
    const { workload, pods = [] } = parts;
    const template = workloadTemplateOf(workload);
    const [events, budgets, revisions] = await Promise.all([
      this.#list(cluster, namespace, RESOURCE_TYPES.events),
      this.#list(cluster, namespace, RESOURCE_TYPES.podDisruptionBudgets),
      readRevisions({ client: this.#client, target, kind, workload, index }),
    ]);
    const involved = new Set([
      `${kind}/${name}`,
      ...pods.map(({ metadata }) => `Pod/${metadata.name}`),
      ...index
        .replicaSetsOf(namespace, kind, name)
        .map(({ metadata }) => `ReplicaSet/${metadata.name}`),
      ...(summary.scaler
        ? [`${summary.scaler.kind}/${summary.scaler.name}`]
        : []),
    ]);
    const labels = template?.metadata?.labels ?? {};
    return {
      summary,
      resourceVersion: workload.metadata.resourceVersion ?? '',
      isPaused: workload.spec?.paused ?? workload.spec?.suspend ?? false,
      isProtected: isProtected(this.#config, cluster, namespace),
      containers: readContainers(template),
      pods: pods
        .map(readPod)
        .sort((left, right) => left.name.localeCompare(right.name)),
      events: readEvents(
        events.objects
          .map(object => as<EventObject>(object))
          .filter(({ involvedObject }) =>
            involved.has(`${involvedObject?.kind}/${involvedObject?.name}`),
          ),
      ).slice(0, MAXIMUM_EVENTS),
      budgets: budgets.objects
        .map(object => as<BudgetObject>(object))
        .filter(budget => budgetCovers(budget, labels))
        .map(readBudget),
      revisions: revisions.items,
      ...(workload.spec?.schedule && { schedule: workload.spec.schedule }),
      provenance: {
        sources: [
          ...sources,
          events.status,
          budgets.status,
          ...revisions.sources,
        ],
        warnings: [],
      },
    };
  }

  /** One kind of a namespace, read now; what fails degrades its part only. */
  async #list(
    cluster: string,
    namespace: string,
    type: ResourceType,
  ): Promise<{ objects: KubernetesObject[]; status: SourceStatus }> {
    const name = `kubernetes/${type.plural}`;
    try {
      const { items } = await this.#client.list(cluster, type, { namespace });
      const asOf = new Date().toISOString();
      return { objects: items, status: { name, state: 'ok', asOf } };
    } catch (error) {
      const isRefused =
        error instanceof Error && error.name === 'NotAllowedError';
      return {
        objects: [],
        status: {
          name,
          state: isRefused ? 'forbidden' : 'failed',
          reason: error instanceof Error ? error.message : String(error),
        },
      };
    }
  }
}
