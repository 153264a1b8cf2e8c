import type { Operation, Protocol } from '../../world/types';
import { serviceOfHost } from '../live/config';
import type { LiveWorkload } from '../live/model';
import { planCall, type PlanPart } from '../routing/plan';
import type { CallSizes } from '../telemetry/registry';
import type { RequestStream } from '../telemetry/requestStream';
import { constantDuration, type Moments } from '../traffic/duration';
import { ClusterFlow } from './clusterFlow';
import type { FlowContext, Recording } from './context';

/** Calls of one workload (or of nobody in particular) to one host. */
export interface CallOptions {
  source: LiveWorkload | undefined;
  /** Qualified host. */
  host: string;
  protocol: Protocol;
  port?: number;
  operations: readonly Operation[];
  bytes: CallSizes;
}

interface Part {
  share: number;
  operations: readonly Operation[];
  clusters: { share: number; flow: ClusterFlow }[];
  mirrors: { share: number; flow: ClusterFlow }[];
  /** Status answered by the caller's own proxy: no route, redirects, direct responses. */
  local?: { code: number; flags: string };
}

const LOCAL = constantDuration(0.2);

/** Operations with their shares of one part instead of the whole call. */
function ofPart(
  operations: readonly Operation[],
  share: number,
): readonly Operation[] {
  // Most calls have one part, whose operations can be shared.
  if (Math.abs(share - 1) < 1e-9 || share <= 0) return operations;
  return operations.map(operation => ({
    ...operation,
    share: operation.share / share,
  }));
}

/** One kind of call, split by routing rules, each followed to where it goes. */
export class CallFlow {
  #parts: Part[] = [];
  #planKey = '';
  #configRevision = -1;
  failureShare = 0;
  moments: Moments = { mean: 0, variance: 0 };

  constructor(
    private readonly context: FlowContext,
    readonly options: CallOptions,
  ) {}

  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** Sends requests per second through for one tick. */
  advance(rate: number, seconds: number, recording: Recording): void {
    this.#plan();
    let failureShare = 0;
    let mean = 0;
    let variance = 0;
    for (const part of this.#parts) {
      const partRate = rate * part.share;
      if (part.local) {
        this.#answer(part.local, partRate, recording);
        if (part.local.code >= 500) failureShare += part.share;
      }
      for (const { share, flow } of part.clusters) {
        flow.advance(partRate * share, seconds, recording);
        const weight = part.share * share;
        failureShare += weight * flow.failureShare;
        mean += weight * flow.moments.mean;
        variance += weight * flow.moments.variance;
      }
      for (const { share, flow } of part.mirrors) {
        flow.advance(partRate * share, seconds, recording);
      }
    }
    this.failureShare = failureShare;
    this.moments = { mean, variance };
  }

  #plan(): void {
    const { config } = this.context.cluster;
    if (this.#configRevision === config.revision) return;
    this.#configRevision = config.revision;
    const plan = planCall(config, this.options);
    // Configuration of somebody else changed: keep the state of these flows.
    const key = JSON.stringify(plan, (_, value) =>
      value instanceof Set ? [...value] : value,
    );
    if (key === this.#planKey) return;
    this.#planKey = key;
    this.#parts = plan.map(part => this.#build(part));
  }

  #build({ share, operations, rule }: PlanPart): Part {
    const { context, options } = this;
    const part: Part = { share, operations, clusters: [], mirrors: [] };
    if (!rule) return { ...part, local: { code: 404, flags: 'NR' } };
    if (rule.answer !== undefined) {
      return { ...part, local: { code: rule.answer, flags: '-' } };
    }
    const asked = ofPart(operations, share);
    const flow = (
      host: string,
      subset: string | undefined,
      mirrored: boolean,
    ) =>
      new ClusterFlow(context, {
        source: options.source,
        host,
        authority: options.host,
        subset,
        rule,
        protocol: options.protocol,
        bytes: options.bytes,
        operations: asked,
        mirrored,
      });
    return {
      ...part,
      clusters: rule.targets.map(target => ({
        share: target.share,
        flow: flow(target.host, target.subset, false),
      })),
      mirrors: rule.mirrors.map(mirror => ({
        share: mirror.share,
        flow: flow(mirror.host, mirror.subset, true),
      })),
    };
  }

  /** Counts a response that the caller's proxy gave by itself. */
  #answer(
    { code, flags }: { code: number; flags: string },
    rate: number,
    recording: Recording,
  ): void {
    if (rate <= 0 || recording.kind === 'none') return;
    const stream = this.#localStream(code, flags);
    if (recording.kind === 'measure') {
      stream.measure(recording.epoch, rate, LOCAL);
    } else stream.add(rate * recording.seconds, LOCAL);
  }

  #localStream(code: number, flags: string): RequestStream {
    const { context, options } = this;
    const service = serviceOfHost(options.host);
    // Gateways do not take the host header for a service's name.
    const known = options.source?.dataPlane !== 'gateway';
    return context.registry.requests(
      {
        reporter: 'source',
        reportedBy: options.source,
        source: options.source,
        destination: undefined,
        service: known
          ? {
              host: options.host,
              name: service?.name ?? options.host,
              namespace: service?.namespace ?? 'unknown',
            }
          : { host: 'unknown', name: 'unknown', namespace: 'unknown' },
        protocol: options.protocol,
        mutualTls: false,
        proxy: 'envoy',
        sourceCluster: context.clusterName,
        destinationCluster: context.clusterName,
        flags,
        code,
      },
      options.bytes,
      context.registry.breath(options.source?.key ?? 'unknown', options.host),
    );
  }
}
