import type { Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';
import type { RouteRule } from '../routing/rule';
import type { Breath } from '../telemetry/history';
import { constantDuration, type Moments } from '../traffic/duration';
import {
  settleRequest,
  type AttemptTarget,
  type SettledRequest,
} from './attempts';
import { bindFlow, type Binding } from './bindings';
import type { FlowContext, Recording, Server } from './context';
import { advanceEjection } from './ejection';
import { overflowShare } from './overflow';
import { withFaults } from './faults';
import {
  connectionSecurity,
  resolveTarget,
  unreachableShare,
  type Target,
} from './target';
import type { ServerResponse } from './server';

/** Traffic of one caller to one host and subset under one rule. */
export interface ClusterFlowOptions {
  source: LiveWorkload | undefined;
  host: string;
  subset?: string;
  rule: RouteRule;
  protocol: Protocol;
  bytes: { request: number; response: number };
  /** Mirrored requests: nobody waits for the answer and the caller does not count them. */
  mirrored?: boolean;
}

interface Destination {
  workload: LiveWorkload;
  server: Server;
  response: ServerResponse;
  readyPods: number;
  ejected: number;
  share: number;
  mutualTls: boolean;
  connectFailure: number;
}

const EMPTY: Moments = { mean: 0.3, variance: 0.01 };

/** Rounds so that small movements do not count as changes. */
const coarse = (value: number) => Math.round(value * 50) / 50;

function nothingThere(flags: string): SettledRequest {
  return {
    client: [
      {
        code: 503,
        flags,
        share: 1,
        target: -1,
        duration: constantDuration(0.3),
      },
    ],
    server: [],
    arrivals: [],
    failures: [],
    failureShare: 1,
    moments: EMPTY,
  };
}

/** Computes one flow, again only where something that matters to it has changed. */
export class ClusterFlow {
  readonly #breath: Breath;
  #target: Target | undefined;
  #configRevision = -1;
  #signature = '';
  #destinations: Destination[] = [];
  #responses: ServerResponse[] = [];
  #settled: SettledRequest = nothingThere('UH');
  #bindings: Binding[] | undefined;
  readonly #ejected = new Map<string, number>();

  constructor(
    private readonly context: FlowContext,
    private readonly options: ClusterFlowOptions,
  ) {
    this.#breath = context.registry.breath(
      options.source?.key ?? 'unknown',
      options.host,
    );
  }

  get failureShare(): number {
    return this.#settled.failureShare;
  }

  get moments(): Moments {
    return this.#settled.moments;
  }

  /** Where the requests go, for who wants to describe the flow. */
  get destinations(): readonly { workload: LiveWorkload; arrivals: number }[] {
    return this.#destinations.map(({ workload }, index) => ({
      workload,
      arrivals: this.#settled.arrivals[index] ?? 0,
    }));
  }

  get settled(): SettledRequest {
    return this.#settled;
  }

  /** Sends requests per second through for one tick. */
  advance(rate: number, seconds: number, recording: Recording): void {
    this.#refresh(rate);
    if (rate <= 0) return;
    this.#destinations.forEach((destination, index) => {
      destination.server.receive(rate * (this.#settled.arrivals[index] ?? 0));
    });
    const { server } = this;
    if (server) server.receive(rate);
    if (recording.kind !== 'none') {
      this.#bindings ??= this.#bind();
      const breath =
        recording.kind === 'count'
          ? this.#breath.factor(recording.now, recording.shape)
          : 1;
      for (const binding of this.#bindings) {
        binding.record(recording, rate, breath);
      }
    }
    this.#eject(rate, seconds);
  }

  /** The external host behind this flow, if it leaves the cluster. */
  private get server(): Server | undefined {
    return this.#target?.kind === 'external'
      ? this.context.externalServer(this.options.host)
      : undefined;
  }

  #refresh(rate: number): void {
    const { context, options } = this;
    const { config } = context.cluster;
    if (
      !this.#target ||
      this.#configRevision !== config.revision ||
      this.#target.kind === 'service'
    ) {
      const target = resolveTarget(
        context,
        options.source,
        options.host,
        options.subset,
      );
      if (this.#configRevision !== config.revision) this.#signature = '';
      this.#target = target;
      this.#configRevision = config.revision;
    }
    const target = this.#target;
    const overflow = coarse(
      overflowShare(
        (rate * this.#settled.moments.mean) /
          1000 /
          Math.max(options.source?.readyPods ?? 1, 1),
        target.policy.maximumRequests,
      ),
    );
    const servers =
      target.kind === 'external'
        ? [this.server]
        : target.endpoints.map(({ workload }) => context.server(workload));
    const responses = servers.flatMap(server => server?.response ?? []);
    const signature = `${overflow}|${
      context.effects.revision
    }|${target.endpoints
      .map(
        ({ workload, readyPods }) =>
          `${workload.key}:${readyPods}:${workload.revision}:${coarse(
            this.#ejected.get(workload.key) ?? 0,
          )}`,
      )
      .join(',')}`;
    if (
      signature === this.#signature &&
      responses.every((response, index) => response === this.#responses[index])
    ) {
      return;
    }
    this.#signature = signature;
    this.#responses = responses;
    this.#settle(target, responses, overflow);
  }

  #settle(target: Target, responses: ServerResponse[], overflow: number): void {
    const { options } = this;
    this.#bindings = undefined;
    this.#destinations = this.#weigh(target);
    const grpc = options.protocol === 'grpc';
    let settled: SettledRequest;
    if (target.kind === 'missing') settled = nothingThere('NC');
    else if (target.kind === 'external') {
      settled = this.#settleExternal(responses[0], grpc);
    } else if (this.#destinations.every(({ share }) => share === 0)) {
      this.#destinations = [];
      settled = nothingThere('UH');
    } else {
      const targets = this.#destinations.map(
        (destination): AttemptTarget => ({
          share: destination.share,
          connectFailure: destination.connectFailure,
          outcomes: destination.response.outcomes,
          moments: destination.response.moments,
        }),
      );
      settled = settleRequest(targets, this.#rule(), grpc);
    }
    this.#settled = withFaults(settled, options.rule, overflow, grpc);
  }

  #settleExternal(response: ServerResponse, grpc: boolean): SettledRequest {
    const settled = settleRequest(
      [
        {
          share: 1,
          connectFailure: 0,
          outcomes: response.outcomes,
          moments: response.moments,
        },
      ],
      this.#rule(),
      grpc,
    );
    // Nobody in the cluster answers: no workload is known, nobody else reports.
    return {
      ...settled,
      client: settled.client.map(counted => ({ ...counted, target: -1 })),
      server: [],
      arrivals: [],
    };
  }

  /** Byte streams know neither retries nor timeouts. */
  #rule(): Pick<RouteRule, 'retries' | 'timeoutMilliseconds'> {
    return this.options.protocol === 'tcp'
      ? { retries: { attempts: 0, retryOn: new Set() } }
      : this.options.rule;
  }

  #weigh(target: Target): Destination[] {
    const { context, options } = this;
    const weights = target.endpoints.map(
      ({ workload, readyPods }) =>
        readyPods * (1 - coarse(this.#ejected.get(workload.key) ?? 0)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return target.endpoints.map(({ workload, readyPods }, index) => {
      const { mutualTls, refused } = connectionSecurity(
        context,
        options.source,
        workload,
        target.policy,
      );
      const server = context.server(workload);
      return {
        workload,
        server,
        response: server.response,
        readyPods,
        ejected: this.#ejected.get(workload.key) ?? 0,
        share: total > 0 ? weights[index] / total : 0,
        mutualTls,
        connectFailure: refused ? 1 : unreachableShare(context, workload),
      };
    });
  }

  #bind(): Binding[] {
    const { context, options } = this;
    const target = this.#target;
    if (!target) return [];
    return bindFlow(context, {
      source: options.source,
      target,
      destinations: this.#destinations,
      protocol: options.protocol,
      bytes: options.bytes,
      breath: this.#breath,
      settled: options.mirrored
        ? { ...this.#settled, client: [] }
        : this.#settled,
    });
  }

  #eject(rate: number, seconds: number): void {
    const detection = this.#target?.policy.outlierDetection;
    if (!detection) {
      this.#ejected.clear();
      return;
    }
    const endpoints = this.#destinations.reduce(
      (sum, { readyPods }) => sum + readyPods,
      0,
    );
    const proxies = Math.max(this.options.source?.readyPods ?? 1, 1);
    this.#destinations.forEach(({ workload, readyPods }, index) => {
      const arrivals = this.#settled.arrivals[index] ?? 0;
      const ejected = advanceEjection(
        this.#ejected.get(workload.key) ?? 0,
        detection,
        {
          requestsPerSecond:
            (rate * arrivals) / Math.max(readyPods, 1) / proxies,
          failureShare: this.#settled.failures[index] ?? 0,
          endpoints: readyPods,
          clusterEndpoints: endpoints,
        },
        seconds,
      );
      this.#ejected.set(workload.key, ejected);
    });
  }
}
