import type { Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';
import type { FlowContext } from './context';
import {
  bindBytes,
  bindResponse,
  type Binding,
  type BindingInput,
  type Leg,
} from './legs';
import { bindOnward } from './egress';
import { bindWaypoint } from './waypointBindings';

export type { Binding, BindingInput } from './legs';

type View = 'requests' | 'ztunnel' | 'tcp' | 'nothing';

function view(workload: LiveWorkload | undefined, protocol: Protocol): View {
  switch (workload?.dataPlane) {
    case 'sidecar':
    case 'gateway':
    case 'waypoint':
      return protocol === 'tcp' ? 'tcp' : 'requests';
    case 'ambient':
      return 'ztunnel';
    default:
      return 'nothing';
  }
}

const proxyOf = (seen: View) => (seen === 'ztunnel' ? 'ztunnel' : 'envoy');

function sourceLeg(input: BindingInput, target: number, seen: View): Leg {
  const reached = input.destinations[target];
  return {
    reporter: 'source',
    reportedBy: input.source,
    source: input.source,
    destination: reached?.workload,
    mutualTls: reached?.mutualTls ?? false,
    service: input.target.service,
    proxy: proxyOf(seen),
    remote: reached?.remote,
  };
}

function destinationLeg(input: BindingInput, target: number, seen: View): Leg {
  const { workload, mutualTls, remote } = input.destinations[target];
  const meshed =
    input.source !== undefined && input.source.dataPlane !== 'none';
  return {
    reporter: 'destination',
    reportedBy: workload,
    // A proxy knows only peers that prove who they are.
    source: meshed && mutualTls ? input.source : undefined,
    destination: workload,
    mutualTls,
    service: input.target.service,
    proxy: proxyOf(seen),
    remote,
  };
}

function bindSource(context: FlowContext, input: BindingInput): Binding[] {
  const { source, destinations, protocol, settled } = input;
  const seen = view(source, protocol);
  if (seen === 'nothing') return [];
  const leg = (target: number) => sourceLeg(input, target, seen);
  if (seen === 'requests') {
    return settled.client.flatMap(counted =>
      bindResponse(context, input, leg(counted.target), counted),
    );
  }
  const bindings = destinations.map((_, index) =>
    bindBytes(context, input, leg(index), settled.arrivals[index]),
  );
  for (const { flags, share, target } of settled.client) {
    if (/UF|UH|NC/.test(flags)) {
      bindings.push(bindBytes(context, input, leg(target), share, flags));
    }
  }
  if (destinations.length === 0 && input.target.kind === 'external') {
    bindings.push(bindBytes(context, input, leg(-1), 1));
  }
  return bindings;
}

function bindDestinations(
  context: FlowContext,
  input: BindingInput,
): Binding[] {
  const { destinations, protocol, settled } = input;
  return destinations.flatMap(({ workload }, index) => {
    // Gateways report what they send on, not what they get.
    const seen =
      workload.dataPlane === 'gateway' ? 'nothing' : view(workload, protocol);
    if (seen === 'nothing') return [];
    const leg = destinationLeg(input, index, seen);
    if (seen === 'requests') {
      return settled.server
        .filter(counted => counted.target === index)
        .flatMap(counted => bindResponse(context, input, leg, counted));
    }
    const share = settled.arrivals[index];
    return share > 0 ? [bindBytes(context, input, leg, share)] : [];
  });
}

/** Finds or creates the counters that every proxy on the way of a flow feeds. */
export function bindFlow(context: FlowContext, input: BindingInput): Binding[] {
  if (input.target.waypoint) {
    return bindWaypoint(context, input, input.target.waypoint, bindSource);
  }
  return [
    ...bindSource(context, input),
    ...bindDestinations(context, input),
    ...bindOnward(context, input),
  ];
}
