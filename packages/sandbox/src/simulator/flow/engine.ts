import type { ObjectStore } from '../../kubernetes/store';
import type { App, Entry, World } from '../../world/types';
import { LiveCluster } from '../live/cluster';
import { serviceHost } from '../live/config';
import type { LiveWorkload } from '../live/model';
import { isEgressGateway } from '../live/pods';
import type { FlowRegistry } from '../telemetry/registry';
import { CallFlow } from './callFlow';
import type { FlowContext, Recording, RemoteCluster } from './context';
import type { Effects } from './effects';
import { ExternalServer } from './externalServer';
import { FlowNode } from './node';
import { rankApps } from './order';
import { Visitors } from './visitors';

interface EntryFlow {
  entry: Entry;
  flow: CallFlow;
}

/** The whole world's traffic, from the entries over the call graph, tick by tick. */
export class FlowEngine {
  readonly cluster: LiveCluster;
  readonly #context: FlowContext;
  readonly #nodes = new Map<LiveWorkload, FlowNode>();
  readonly #apps = new Map<string, App>();
  readonly #ranks: Map<string, number>;
  readonly #externals = new Map<string, ExternalServer>();
  readonly #peers: RemoteCluster[] = [];
  readonly #peerEngines: FlowEngine[] = [];
  #order: FlowNode[] | undefined;
  #gateway: { workload: LiveWorkload; entries: EntryFlow[] } | undefined;
  readonly #direct: EntryFlow[];
  readonly #visitors: Visitors;
  #visits: { entries: readonly Entry[]; flows: EntryFlow[] } | undefined;

  constructor(
    private readonly world: World,
    store: ObjectStore,
    private readonly registry: FlowRegistry,
    readonly effects: Effects,
  ) {
    this.cluster = new LiveCluster(store, world.apps);
    this.#visitors = new Visitors(this.cluster, world.entries);
    for (const app of [...(world.remoteApps ?? []), ...world.apps]) {
      this.#apps.set(`${app.name}.${app.namespace}`, app);
    }
    this.#ranks = rankApps(world.apps);
    const externals = new Map(world.externals.map(host => [host.host, host]));
    for (const host of world.externals) {
      this.#externals.set(host.host, new ExternalServer(host, effects));
    }
    this.#context = {
      cluster: this.cluster,
      registry,
      effects,
      clusterName: world.cluster,
      externals,
      peers: this.#peers,
      server: workload => this.node(workload),
      externalServer: host => this.#externals.get(host),
    };
    this.#direct = world.entries
      .filter(entry => entry.via === 'direct')
      .map(entry => ({ entry, flow: this.#entryFlow(entry, undefined) }));
    this.cluster.pods.onRemoved(workload => {
      this.#nodes.delete(workload);
      this.#order = undefined;
      registry.endReporter(workload.key);
    });
  }

  /** Every workload that is running, with its present load. */
  get nodes(): Iterable<FlowNode> {
    return this.#nodes.values();
  }

  /** A running workload of this cluster or of one that it is linked with. */
  find(workload: LiveWorkload): FlowNode | undefined {
    return (
      this.#nodes.get(workload) ??
      this.#peerEngines
        .map(peer => peer.#nodes.get(workload))
        .find(node => node !== undefined)
    );
  }

  /** Makes another cluster's services reachable from here. */
  link(peer: FlowEngine): void {
    this.#peerEngines.push(peer);
    this.#peers.push({
      name: peer.world.cluster,
      cluster: peer.cluster,
      registry: peer.registry,
      server: workload => peer.node(workload),
    });
  }

  /** Flows into the world, for who wants to describe them. */
  get entries(): readonly EntryFlow[] {
    // Those who came later are last: the others keep their places.
    return [
      ...(this.#gateway?.entries ?? []),
      ...this.#direct,
      ...(this.#visits?.flows ?? []),
    ];
  }

  node(workload: LiveWorkload): FlowNode {
    let node = this.#nodes.get(workload);
    if (!node) {
      node = new FlowNode(this.#context, workload, this.#calls(workload));
      this.#nodes.set(workload, node);
      this.#order = undefined;
    }
    return node;
  }

  /** Moves the world on under the day's traffic, given in multiples of its mean; yields after every few workloads so that others can run in between. */
  *advance(
    shape: number,
    seconds: number,
    recording: Recording,
  ): Generator<void> {
    for (const workload of this.cluster.pods.workloads.values()) {
      if (!this.#nodes.has(workload)) this.node(workload);
    }
    const traffic = shape + this.effects.extraTraffic;
    const gateway = this.#findGateway();
    this.#findVisits(gateway?.workload);
    for (const { entry, flow } of this.entries) {
      if (entry.via === 'gateway') {
        // Without a ready gateway the load balancer turns everybody away.
        if (!gateway || gateway.workload.readyPods === 0) continue;
        this.node(gateway.workload).receive(entry.requestsPerSecond * traffic);
      }
      flow.advance(entry.requestsPerSecond * traffic, seconds, recording);
    }
    yield;
    let done = 0;
    for (const node of this.#sorted()) {
      node.advance(seconds, recording);
      if (++done % 20 === 0) yield;
    }
  }

  #sorted(): FlowNode[] {
    this.#order ??= [...this.#nodes.values()].sort(
      (first, second) => this.#rank(first) - this.#rank(second),
    );
    return this.#order;
  }

  #rank({ workload }: FlowNode): number {
    return (
      this.#ranks.get(
        `${workload.namespace}/${workload.app?.name ?? workload.appName}`,
      ) ?? Infinity
    );
  }

  #findGateway() {
    const found = this.#gateway;
    if (found && found.workload.pods.size > 0) return found;
    for (const workload of this.cluster.pods.workloads.values()) {
      if (workload.dataPlane !== 'gateway' || isEgressGateway(workload)) {
        continue;
      }
      this.#gateway = {
        workload,
        entries: this.world.entries
          .filter(entry => entry.via === 'gateway')
          .map(entry => ({ entry, flow: this.#entryFlow(entry, workload) })),
      };
      return this.#gateway;
    }
    return undefined;
  }

  /** Follows hosts that are published while the world runs. */
  #findVisits(gateway: LiveWorkload | undefined): void {
    const entries = gateway ? this.#visitors.at(gateway) : [];
    if (entries === this.#visits?.entries) return;
    const before = this.#visits?.flows ?? [];
    this.#visits = {
      entries,
      flows: entries.map(
        entry =>
          before.find(
            known =>
              known.entry === entry && known.flow.options.source === gateway,
          ) ?? { entry, flow: this.#entryFlow(entry, gateway) },
      ),
    };
  }

  #entryFlow(entry: Entry, source: LiveWorkload | undefined): CallFlow {
    const app = this.#apps.get(entry.host);
    return new CallFlow(this.#context, {
      source,
      host: app ? serviceHost(app.namespace, app.name) : entry.host,
      protocol: app?.protocol ?? 'http',
      operations: entry.operations,
      bytes: {
        request: app?.requestBytes ?? 700,
        response: app?.responseBytes ?? 6400,
        messages: app?.messages,
      },
    });
  }

  #calls(workload: LiveWorkload) {
    return (workload.app?.calls ?? []).map(call => {
      const app = this.#apps.get(call.to);
      const external = this.#context.externals.get(call.to);
      const callee = app ?? external;
      return {
        perRequest: call.perRequest,
        failureShare: call.failureShare,
        flow: new CallFlow(this.#context, {
          source: workload,
          host: app ? serviceHost(app.namespace, app.name) : call.to,
          protocol: app?.protocol ?? 'http',
          port: callee?.port,
          operations: call.operations ??
            callee?.operations ?? [{ method: 'GET', path: '/', share: 1 }],
          bytes: {
            request: callee?.requestBytes ?? 500,
            response: callee?.responseBytes ?? 500,
            messages: app?.messages,
          },
        }),
      };
    });
  }
}
