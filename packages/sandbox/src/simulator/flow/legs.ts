import type { Operation, Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';
import type { Breath } from '../telemetry/breath';
import type { FlowLabels, Reporter } from '../telemetry/labels';
import { operationsReported } from '../telemetry/operations';
import type { CallSizes } from '../telemetry/registry';
import type { RequestStream } from '../telemetry/requestStream';
import type { Duration } from '../traffic/duration';
import type { Counted, SettledRequest } from './attempts';
import type { FlowContext, Recording, RemoteCluster } from './context';
import type { Target } from './target';

/** A counter that a flow feeds: so much per request of the caller. */
export interface Binding {
  record(recording: Recording, requestsPerSecond: number, breath: number): void;
}

/** The workloads and sizes a set of bindings is about. */
export interface BindingInput {
  source: LiveWorkload | undefined;
  target: Target;
  /** Workload of each target index of the settled request, with how it is reached. */
  destinations: readonly {
    workload: LiveWorkload;
    mutualTls: boolean;
    remote?: RemoteCluster;
  }[];
  protocol: Protocol;
  bytes: CallSizes;
  /** What is asked for; shares add up to 1. */
  operations: readonly Operation[];
  breath: Breath;
  settled: SettledRequest;
}

/** One connection of a flow's way, as the proxy at one of its ends reports it. */
export interface Leg
  extends Pick<
    FlowLabels,
    | 'reporter'
    | 'reportedBy'
    | 'source'
    | 'destination'
    | 'mutualTls'
    | 'service'
    | 'proxy'
  > {
  /** The destination's cluster, when it is another one. */
  remote?: RemoteCluster;
}

/** Connections opened per request: pools of long-lived connections, for databases longer-lived than for HTTP. */
const CONNECTIONS_PER_REQUEST: Record<Protocol, number> = {
  http: 0.02,
  grpc: 0.002,
  tcp: 0.004,
};

const serverSide = (reporter: Reporter) =>
  reporter === 'source' ? 'source' : 'destination';

/** Where a leg is counted: what a destination reports stays in its own cluster. */
function countedAt(context: FlowContext, { remote, reporter }: Leg) {
  return remote && reporter === 'destination' ? remote : context;
}

/** Feeds a share of the requests to a stream. On its own so that what it keeps is no more than its arguments. */
function countRequests(
  stream: RequestStream,
  share: number,
  duration: Duration,
): Binding {
  return {
    record(recording, rate, breath) {
      if (recording.kind === 'measure') {
        stream.measure(recording.epoch, rate * share, duration);
      } else if (recording.kind === 'count') {
        stream.add(rate * share * recording.seconds * breath, duration);
      }
    },
  };
}

/** Counters of one response, one for each operation that the reporting proxy tells apart. */
export function bindResponse(
  context: FlowContext,
  input: BindingInput,
  leg: Leg,
  counted: Counted,
): Binding[] {
  const { registry, cluster } = countedAt(context, leg);
  return operationsReported(
    cluster.config,
    leg.reportedBy,
    serverSide(leg.reporter),
    input.operations,
  ).map(operation => {
    const stream = registry.requests(
      {
        ...leg,
        protocol: input.protocol,
        sourceCluster: context.clusterName,
        destinationCluster: leg.remote?.name ?? context.clusterName,
        flags: counted.flags,
        operation: operation.name,
        code: counted.code,
        grpcStatus: counted.grpcStatus,
      },
      input.bytes,
      input.breath,
    );
    return countRequests(
      stream,
      counted.share * operation.share,
      counted.duration,
    );
  });
}

/** Counters of bytes and connections for a share of the requests; those with flags failed and carried nothing. */
export function bindBytes(
  context: FlowContext,
  input: BindingInput,
  leg: Leg,
  share: number,
  flags = '-',
): Binding {
  const { registry } = countedAt(context, leg);
  const stream = registry.tcp(
    {
      ...leg,
      protocol: input.protocol,
      sourceCluster: context.clusterName,
      destinationCluster: leg.remote?.name ?? context.clusterName,
      flags,
    },
    input.breath,
  );
  const connections = CONNECTIONS_PER_REQUEST[input.protocol];
  const failed = flags !== '-';
  // "Sent" is what the server sent: the responses.
  const perRequest = [
    [stream.sent, failed ? 0 : input.bytes.response * share],
    [stream.received, failed ? 0 : input.bytes.request * share],
    [stream.opened, failed ? share : connections * share],
    [stream.closed, failed ? share : connections * share],
  ] as const;
  return {
    record(recording, rate, breath) {
      for (const [counter, amount] of perRequest) {
        if (recording.kind === 'measure') {
          counter.measure(recording.epoch, rate * amount);
        } else if (recording.kind === 'count') {
          counter.add(rate * amount * recording.seconds * breath);
        }
      }
    },
  };
}
