import { judgeNode } from '../health';
import type { GraphNode } from '../schema/graph';
import { operationsOf, type EdgeDraft } from './edges';
import type { Endpoint } from './endpoints';
import type { MeshIndex } from './meshIndex';
import { factsOf, type NodeMembers } from './nodeFacts';
import type { Flow } from './parts';
import { HIDDEN, type NodeIdentity, type Projector } from './projection';
import { Report, trafficOf } from './report';
import type { WorkloadObject } from './types';

/** A node while its parts are being collected. */
type NodeDraft = NodeMembers & {
  versions: Set<string>;
  inbound: Report;
  outbound: Report;
  inflows: Set<Flow>;
  /** Whether something other than ztunnel measured traffic into it. */
  isRead: boolean;
  isTunnelled: boolean;
};

/** The nodes of a graph, by id. */
export class NodeTable {
  readonly #drafts = new Map<string, NodeDraft>();
  readonly #projector: Projector;
  readonly #index: MeshIndex;
  readonly #isPast: boolean;

  constructor(projector: Projector, index: MeshIndex, isPast = false) {
    this.#projector = projector;
    this.#index = index;
    this.#isPast = isPast;
  }

  has(id: string): boolean {
    return this.#drafts.has(id);
  }

  addEdge(edge: EdgeDraft): void {
    const source = this.#draft(edge.source);
    const target = this.#draft(edge.target);
    source.outbound.merge(edge.report);
    target.inbound.merge(edge.report);
    if (edge.isTunnelOnly) {
      target.isTunnelled = true;
    } else {
      target.isRead = true;
    }
    for (const flow of edge.flows) {
      // A service or an operation between the two has no workloads of its own.
      if (edge.source.kind !== 'operation') {
        this.#addEndpoint(source, flow.source);
      }
      if (edge.target.kind !== 'operation') {
        this.#addEndpoint(target, flow.destination);
      }
      target.inflows.add(flow);
    }
  }

  /** Adds a workload that Kubernetes knows, with or without traffic. */
  addWorkload(workload: WorkloadObject, cluster: string): void {
    const endpoint = endpointOf(workload, cluster);
    if (this.#projector.viewer.sees(endpoint)) {
      const identity = this.#projector.identityOf(endpoint);
      this.#addEndpoint(this.#draft(identity), endpoint);
    }
  }

  /** Adds a node that nothing is known of but its name. */
  addIdentity(identity: NodeIdentity): void {
    this.#draft(identity);
  }

  /** Text of the annotation that says what a node tolerates. */
  healthRateOf(identity: NodeIdentity): string | undefined {
    const draft = this.#drafts.get(identity.id);
    const { namespace } = identity;
    return draft && namespace
      ? this.#index
          .of(identity.cluster)
          .healthRateOf(
            namespace,
            [...draft.workloads.values()],
            this.#services(draft),
          )
      : undefined;
  }

  build(
    bounds: readonly number[],
    hasTelemetry: (cluster: string) => boolean,
  ): GraphNode[] {
    return [...this.#drafts.values()]
      .map(draft =>
        this.#node(draft, bounds, hasTelemetry(draft.identity.cluster)),
      )
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
      missing: new Set(),
      inbound: new Report(),
      outbound: new Report(),
      inflows: new Set(),
      isRead: false,
      isTunnelled: false,
    };
    this.#drafts.set(identity.id, draft);
    return draft;
  }

  #addEndpoint(draft: NodeDraft, endpoint: Endpoint): void {
    if (draft.identity === HIDDEN) {
      return;
    }
    if (endpoint.version) {
      draft.versions.add(endpoint.version);
    }
    if (endpoint.kind === 'workload' && endpoint.namespace) {
      const key = `${endpoint.namespace}/${endpoint.name}`;
      const workload = this.#index
        .of(endpoint.cluster)
        .workload(endpoint.namespace, endpoint.name);
      if (workload) {
        draft.workloads.set(key, workload);
      } else {
        draft.missing.add(key);
      }
    }
  }

  #services(draft: NodeDraft): string[] {
    const { identity } = draft;
    if (identity.kind === 'service') {
      return [identity.name];
    }
    const objects = this.#index.of(identity.cluster);
    const names = [...draft.workloads.values()].flatMap(workload =>
      objects.servicesOf(workload).map(service => service.name),
    );
    return [...new Set(names)].sort();
  }

  #node(
    draft: NodeDraft,
    bounds: readonly number[],
    telemetry: boolean,
  ): GraphNode {
    const { identity } = draft;
    const services = identity.kind === 'operation' ? [] : this.#services(draft);
    const inbound = trafficOf(draft.inbound, bounds);
    const node: Omit<GraphNode, 'health'> = {
      ...identity,
      versions: [...draft.versions].sort(),
      services,
      ...factsOf({
        members: draft,
        services,
        objects: this.#index.of(identity.cluster),
        viewer: this.#projector.viewer,
        isPast: this.#isPast,
        isAsked: inbound.protocols.length > 0,
      }),
      layer: layerOf(draft),
      operations: operationsOf(draft.inflows),
      inbound,
      outbound: trafficOf(draft.outbound, bounds),
    };
    if (identity === HIDDEN) {
      delete node.operations;
    }
    return {
      ...node,
      health: judgeNode(node, telemetry, this.healthRateOf(identity)),
    };
  }
}

function layerOf(draft: NodeDraft): GraphNode['layer'] {
  if (draft.isRead) {
    return 'l7';
  }
  return draft.isTunnelled ? 'l4' : undefined;
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
