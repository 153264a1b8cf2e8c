import type { Operation, Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';
import type { FlowLabels } from '../telemetry/labels';
import type { Breath } from '../telemetry/breath';
import { operationsReported } from '../telemetry/operations';
import type { CallSizes } from '../telemetry/registry';
import type { Duration } from '../traffic/duration';
import type { Counted, SettledRequest } from './attempts';
import type { FlowContext, Recording } from './context';
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
  destinations: readonly { workload: LiveWorkload; mutualTls: boolean }[];
  protocol: Protocol;
  bytes: CallSizes;
  /** What is asked for; shares add up to 1. */
  operations: readonly Operation[];
  breath: Breath;
  settled: SettledRequest;
}

/** Connections opened per request: pools of long-lived connections, for databases longer-lived than for HTTP. */
const CONNECTIONS_PER_REQUEST: Record<Protocol, number> = {
  http: 0.02,
  grpc: 0.002,
  tcp: 0.004,
};

type View = 'requests' | 'ztunnel' | 'tcp' | 'nothing';

function view(workload: LiveWorkload | undefined, protocol: Protocol): View {
  switch (workload?.dataPlane) {
    case 'sidecar':
    case 'gateway':
      return protocol === 'tcp' ? 'tcp' : 'requests';
    case 'ambient':
      return 'ztunnel';
    default:
      return 'nothing';
  }
}

function flow(
  context: FlowContext,
  input: BindingInput,
  reporter: 'source' | 'destination',
  target: number,
): Omit<FlowLabels, 'flags'> {
  const reached = input.destinations[target];
  const sourceMeshed =
    input.source !== undefined && input.source.dataPlane !== 'none';
  return {
    reporter,
    // ztunnel looks callers up by address; Envoy only knows peers that prove who they are.
    source:
      sourceMeshed && (reporter === 'source' || reached?.mutualTls)
        ? input.source
        : undefined,
    destination: reached?.workload,
    service: input.target.service,
    protocol: input.protocol,
    mutualTls: reached?.mutualTls ?? false,
    proxy: 'envoy',
    cluster: context.clusterName,
  };
}

function requestBinding(
  context: FlowContext,
  input: BindingInput,
  reporter: 'source' | 'destination',
  counted: Counted,
  operation: { name?: string; share: number },
): Binding {
  const stream = context.registry.requests(
    {
      ...flow(context, input, reporter, counted.target),
      flags: counted.flags,
      operation: operation.name,
      code: counted.code,
      grpcStatus: counted.grpcStatus,
    },
    input.bytes,
    input.breath,
  );
  const { duration }: { duration: Duration } = counted;
  const share = counted.share * operation.share;
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

function tcpBinding(
  context: FlowContext,
  input: BindingInput,
  reporter: 'source' | 'destination',
  proxy: 'envoy' | 'ztunnel',
  target: number,
  share: number,
  flags: string,
): Binding {
  const stream = context.registry.tcp(
    { ...flow(context, input, reporter, target), proxy, flags },
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

/** Counters of one response at one end, one for each operation that this end tells apart. */
function requestBindings(
  context: FlowContext,
  input: BindingInput,
  reporter: 'source' | 'destination',
  counted: Counted,
): Binding[] {
  const reporting =
    reporter === 'source'
      ? input.source
      : input.destinations[counted.target]?.workload;
  return operationsReported(
    context.cluster.config,
    reporting,
    reporter,
    input.operations,
  ).map(operation =>
    requestBinding(context, input, reporter, counted, operation),
  );
}

/** Finds or creates the counters that both sides of a flow feed. */
export function bindFlow(context: FlowContext, input: BindingInput): Binding[] {
  const { source, destinations, protocol, settled } = input;
  const bindings: Binding[] = [];
  const tcpShares = (
    reporter: 'source' | 'destination',
    proxy: 'envoy' | 'ztunnel',
    target: number,
  ) => {
    bindings.push(
      tcpBinding(
        context,
        input,
        reporter,
        proxy,
        target,
        settled.arrivals[target],
        '-',
      ),
    );
  };
  const sourceView = view(source, protocol);
  if (sourceView === 'requests') {
    for (const counted of settled.client) {
      bindings.push(...requestBindings(context, input, 'source', counted));
    }
  } else if (sourceView !== 'nothing') {
    const proxy = sourceView === 'ztunnel' ? 'ztunnel' : 'envoy';
    destinations.forEach((_, index) => tcpShares('source', proxy, index));
    for (const { flags, share, target } of settled.client) {
      if (/UF|UH|NC/.test(flags)) {
        bindings.push(
          tcpBinding(context, input, 'source', proxy, target, share, flags),
        );
      }
    }
    if (destinations.length === 0 && input.target.kind === 'external') {
      bindings.push(tcpBinding(context, input, 'source', proxy, -1, 1, '-'));
    }
  }
  destinations.forEach(({ workload }, index) => {
    const destinationView = view(workload, protocol);
    if (destinationView === 'requests') {
      for (const counted of settled.server) {
        if (counted.target === index) {
          bindings.push(
            ...requestBindings(context, input, 'destination', counted),
          );
        }
      }
    } else if (destinationView !== 'nothing' && settled.arrivals[index] > 0) {
      tcpShares(
        'destination',
        destinationView === 'ztunnel' ? 'ztunnel' : 'envoy',
        index,
      );
    }
  });
  return bindings;
}
