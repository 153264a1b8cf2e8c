import { judgeNode } from '../health';
import type { GraphNode } from '../schema/graph';
import type { EdgeDraft } from './edges';
import type { Endpoint } from './endpoints';
import type { ObjectIndex } from './objectIndex';
import { nodeIdentity, type NodeIdentity } from './projection';
import { Report, trafficOf } from './report';
import type { GraphOptions, WorkloadObject } from './types';

/** A node while its parts are being collected. */
type NodeDraft = {
  identity: NodeIdentity;
  versions: Set<string>;
  workloads: Map<string, WorkloadObject>;
  hosts: Set<string>;
  inbound: Report;
  outbound: Report;
};

/** The nodes of a graph, by id. */
export class NodeTable {
  readonly #drafts = new Map<string, NodeDraft>();
  readonly #options: GraphOptions;
  readonly #objects: ObjectIndex;

  constructor(options: GraphOptions, objects: ObjectIndex) {
    this.#options = options;
    this.#objects = objects;
  }

  has(id: string): boolean {
    return this.#drafts.has(id);
  }

  addEdge(edge: EdgeDraft): void {
    const source = this.#draft(edge.source);
    const target = this.#draft(edge.target);
    source.outbound.merge(edge.report);
    target.inbound.merge(edge.report);
    for (const flow of edge.flows) {
      this.#addEndpoint(source, flow.source);
      this.#addEndpoint(target, flow.destination);
    }
    for (const host of edge.report.hosts) {
      target.hosts.add(host);
    }
  }

  /** Adds a workload that Kubernetes knows, with or without traffic. */
  addWorkload(workload: WorkloadObject): void {
    const endpoint = endpointOf(workload, this.#options.cluster);
    const identity = nodeIdentity(
      endpoint,
      this.#options.graphType,
      this.#objects,
    );
    this.#addEndpoint(this.#draft(identity), endpoint);
  }

  build(bounds: readonly number[], telemetry: boolean): GraphNode[] {
    return [...this.#drafts.values()]
      .map(draft => this.#node(draft, bounds, telemetry))
      .sort((left, right) => (left.id < right.id ? -1 : 1));
  }

  #draft(identity: NodeIdentity): NodeDraft {
    const present = this.#drafts.get(identity.id);
    if (present) {
      return present;
    }
    const draft: NodeDraft = {
      identity,
      versions: new Set(),
      workloads: new Map(),
      hosts: new Set(),
      inbound: new Report(),
      outbound: new Report(),
    };
    this.#drafts.set(identity.id, draft);
    return draft;
  }

  #addEndpoint(draft: NodeDraft, endpoint: Endpoint): void {
    if (endpoint.version) {
      draft.versions.add(endpoint.version);
    }
    if (endpoint.kind === 'workload' && endpoint.namespace) {
      const workload = this.#objects.workload(
        endpoint.namespace,
        endpoint.name,
      );
      if (workload) {
        draft.workloads.set(`${workload.namespace}/${workload.name}`, workload);
      }
    }
  }

  #node(
    draft: NodeDraft,
    bounds: readonly number[],
    telemetry: boolean,
  ): GraphNode {
    const { identity } = draft;
    const workloads = [...draft.workloads.values()];
    const services = this.#services(draft);
    const config = new Set(
      services.flatMap(name =>
        this.#objects.configOf(identity.namespace, name),
      ),
    );
    if (identity.kind === 'external') {
      for (const name of this.#objects.configOf(undefined, identity.name)) {
        config.add(name);
      }
    }
    const node: Omit<GraphNode, 'health'> = {
      ...identity,
      versions: [...draft.versions].sort(),
      workloadKind:
        identity.kind === 'workload' ? workloads[0]?.kind : undefined,
      role: workloads[0] && this.#objects.roleOf(workloads[0]),
      dataPlane: this.#dataPlane(draft),
      pods: workloads.length > 0 ? countPods(workloads) : undefined,
      services,
      config: [...config].sort(),
      inbound: trafficOf(draft.inbound, bounds),
      outbound: trafficOf(draft.outbound, bounds),
    };
    return { ...node, health: judgeNode(node, telemetry) };
  }

  #services(draft: NodeDraft): string[] {
    const { identity } = draft;
    if (identity.kind === 'service') {
      return [identity.name];
    }
    const names = [...draft.workloads.values()].flatMap(workload =>
      this.#objects.servicesOf(workload).map(service => service.name),
    );
    return [...new Set(names)].sort();
  }

  #dataPlane(draft: NodeDraft): GraphNode['dataPlane'] {
    const planes = new Set(
      [...draft.workloads.values()].map(workload => workload.dataPlane),
    );
    if (planes.size > 0) {
      // Pods of one app may differ; the one inside the mesh is the one measured.
      return (
        (['sidecar', 'ambient', 'none'] as const).find(plane =>
          planes.has(plane),
        ) ?? 'unknown'
      );
    }
    const outside =
      draft.identity.kind === 'external' ||
      draft.identity.kind === 'passthrough';
    return outside ? 'none' : 'unknown';
  }
}

function countPods(workloads: readonly WorkloadObject[]) {
  return {
    desired: workloads.reduce((sum, workload) => sum + workload.desired, 0),
    available: workloads.reduce((sum, workload) => sum + workload.available, 0),
  };
}

function endpointOf(workload: WorkloadObject, cluster: string): Endpoint {
  const { labels } = workload;
  return {
    kind: 'workload',
    cluster,
    namespace: workload.namespace,
    name: workload.name,
    // The order in which Istio itself derives the canonical name and revision.
    app:
      labels['service.istio.io/canonical-name'] ??
      labels['app.kubernetes.io/name'] ??
      labels.app ??
      workload.name,
    version:
      labels['service.istio.io/canonical-revision'] ??
      labels['app.kubernetes.io/version'] ??
      labels.version,
  };
}

/**
 * Adds workloads without traffic: of the namespaces asked for, or else of
 * every namespace that has at least one workload in the mesh.
 */
export function addIdleWorkloads(
  nodes: NodeTable,
  objects: ObjectIndex,
  namespaces: ReadonlySet<string>,
): void {
  const enrolled = new Set(
    objects.workloads
      .filter(
        workload =>
          workload.dataPlane !== 'none' &&
          // A gateway alone does not make its namespace part of the mesh.
          objects.roleOf(workload) !== 'gateway',
      )
      .map(workload => workload.namespace),
  );
  for (const workload of objects.workloads) {
    const wanted =
      namespaces.size > 0
        ? namespaces.has(workload.namespace)
        : enrolled.has(workload.namespace);
    if (wanted) {
      nodes.addWorkload(workload);
    }
  }
}
