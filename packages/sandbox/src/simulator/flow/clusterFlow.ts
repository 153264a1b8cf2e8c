import type { Operation, Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';
import type { RouteRule } from '../routing/rule';
import type { Breath } from '../telemetry/breath';
import type { CallSizes } from '../telemetry/registry';
import type { Moments } from '../traffic/duration';
import type { SettledRequest } from './attempts';
import { bindFlow, type Binding } from './bindings';
import type { FlowContext, Recording, Server } from './context';
import {
  nothingThere,
  weighDestinations,
  type AttemptRule,
  type Destination,
} from './destinations';
import { coarse, Ejections } from './ejections';
import { withFaults } from './faults';
import { overflowShare } from './overflow';
import type { ServerResponse } from './server';
import { settleTarget } from './settleTarget';
import type { Target } from './target';
import { TargetWatch } from './targetWatch';

/** Traffic of one caller to one host and subset under one rule. */
export interface ClusterFlowOptions {
  source: LiveWorkload | undefined;
  host: string;
  /** Host that was asked for, where routing leads to another. */
  authority: string;
  subset?: string;
  rule: RouteRule;
  protocol: Protocol;
  bytes: CallSizes;
  /** What is asked for; shares add up to 1. */
  operations: readonly Operation[];
  /** Mirrored requests: nobody waits for the answer and the caller does not count them. */
  mirrored?: boolean;
}

/** Everything that a settled flow depends on. */
interface Basis {
  target: Target;
  overflow: number;
  effects: number;
  ejections: number;
  responses: readonly ServerResponse[];
}

/** Byte streams know neither retries nor timeouts. */
const STREAM_RULE: AttemptRule = {
  retries: { attempts: 0, retryOn: new Set() },
};

/** Computes one flow, again only where something that matters to it has changed. */
export class ClusterFlow {
  readonly #breath: Breath;
  readonly #ejections = new Ejections();
  readonly #watch: TargetWatch;
  #target: Target | undefined;
  /** What the last settling went by; while it is the same, so is the result. */
  #basis: Basis | undefined;
  #destinations: Destination[] = [];
  #settled: SettledRequest = nothingThere('UH');
  #bindings: Binding[] | undefined;

  constructor(
    private readonly context: FlowContext,
    private readonly options: ClusterFlowOptions,
  ) {
    this.#watch = new TargetWatch(context, options);
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

  /** What becomes of a request at present. */
  get settled(): SettledRequest {
    return this.#settled;
  }

  /** Where the requests go, for who wants to describe the flow. */
  get destinations(): readonly { workload: LiveWorkload; arrivals: number }[] {
    return this.#destinations.map(({ workload }, index) => ({
      workload,
      arrivals: this.#settled.arrivals[index] ?? 0,
    }));
  }

  /** Sends requests per second through for one tick. */
  advance(rate: number, seconds: number, recording: Recording): void {
    this.#refresh(rate);
    if (rate <= 0) return;
    this.#destinations.forEach(({ server, denied }, index) => {
      const arrivals = this.#settled.arrivals[index] ?? 0;
      server.receive(rate * arrivals * (1 - denied));
    });
    this.#outside?.receive(rate);
    const waypoint = this.#target?.waypoint;
    if (waypoint) this.context.server(waypoint).receive(rate);
    if (recording.kind !== 'none') this.#record(rate, recording);
    this.#observe(rate, seconds);
  }

  /** The host outside the cluster that this flow leads to, if it does. */
  get #outside(): Server | undefined {
    if (this.#target?.onward) {
      return this.context.externalServer(this.options.authority);
    }
    return this.#target?.kind === 'external'
      ? this.context.externalServer(this.options.host)
      : undefined;
  }

  get #callingProxies(): number {
    return Math.max(this.options.source?.readyPods ?? 1, 1);
  }

  #refresh(rate: number): void {
    const target = this.#watch.current();
    this.#target = target;
    const { maximumRequests } = target.policy;
    const inFlight = (rate * this.moments.mean) / 1000 / this.#callingProxies;
    const overflow =
      maximumRequests === undefined
        ? 0
        : coarse(overflowShare(inFlight, maximumRequests));
    if (this.#isSettled(target, overflow)) return;
    this.#basis = {
      target,
      overflow,
      effects: this.context.effects.revision,
      ejections: this.#ejections.revision,
      responses: this.#servers(target).map(server => server.response),
    };
    this.#settle(target, overflow);
  }

  #isSettled(target: Target, overflow: number): boolean {
    const basis = this.#basis;
    if (
      basis?.target !== target ||
      basis.overflow !== overflow ||
      basis.effects !== this.context.effects.revision ||
      basis.ejections !== this.#ejections.revision
    ) {
      return false;
    }
    if (target.kind === 'external' || target.onward) {
      return basis.responses[0] === this.#outside?.response;
    }
    return target.endpoints.every(
      ({ workload, remote }, index) =>
        (remote ?? this.context).server(workload).response ===
        basis.responses[index],
    );
  }

  #servers(target: Target): Server[] {
    if (target.kind === 'external' || target.onward) {
      return this.#outside ? [this.#outside] : [];
    }
    return target.endpoints.map(({ workload, remote }) =>
      (remote ?? this.context).server(workload),
    );
  }

  #settle(target: Target, overflow: number): void {
    const { source, protocol, rule } = this.options;
    const grpc = protocol === 'grpc';
    this.#bindings = undefined;
    this.#destinations = weighDestinations(
      this.context,
      source,
      target,
      this.#ejections,
      this.options,
    );
    if (this.#destinations.every(({ share }) => share === 0)) {
      this.#destinations = [];
    }
    const settled = settleTarget(
      target,
      this.#destinations,
      this.#basis?.responses[0],
      protocol === 'tcp' ? STREAM_RULE : rule,
      grpc,
    );
    this.#settled = withFaults(settled, rule, overflow, grpc);
  }

  #record(rate: number, recording: Recording): void {
    this.#bindings ??= this.#bind();
    const breath =
      recording.kind === 'count'
        ? this.#breath.factor(recording.now, recording.shape)
        : 1;
    for (const binding of this.#bindings) {
      binding.record(recording, rate, breath);
    }
  }

  #bind(): Binding[] {
    const { source, protocol, bytes, operations, mirrored } = this.options;
    if (!this.#target) return [];
    return bindFlow(this.context, {
      source,
      target: this.#target,
      destinations: this.#destinations,
      protocol,
      bytes,
      operations,
      breath: this.#breath,
      settled: mirrored ? { ...this.#settled, client: [] } : this.#settled,
    });
  }

  #observe(rate: number, seconds: number): void {
    const { arrivals, failures } = this.#settled;
    this.#ejections.advance(
      this.#target?.policy.outlierDetection,
      this.#destinations.map(({ workload, readyPods }, index) => ({
        workload,
        readyPods,
        requestsPerSecond:
          (rate * (arrivals[index] ?? 0)) / this.#callingProxies,
        failureShare: failures[index] ?? 0,
      })),
      seconds,
    );
  }
}
