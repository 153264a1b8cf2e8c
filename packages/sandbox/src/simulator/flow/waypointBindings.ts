import type { LiveWorkload } from '../live/model';
import type { FlowContext } from './context';
import {
  bindBytes,
  bindResponse,
  type Binding,
  type BindingInput,
  type Leg,
} from './legs';

/**
 * Who reports a flow that goes over a waypoint: the caller's proxy, to which
 * the waypoint is the destination workload of the addressed service; the
 * waypoint itself, which alone knows caller, callee and answers; and the
 * callee's ztunnel, to which the waypoint is the source. No ztunnel captures
 * the waypoint's own pods.
 */
export function bindWaypoint(
  context: FlowContext,
  input: BindingInput,
  waypoint: LiveWorkload,
  bindCaller: (context: FlowContext, input: BindingInput) => Binding[],
): Binding[] {
  const { source, destinations, settled, protocol } = input;
  const { service } = input.target;
  const arriving = settled.client.reduce((sum, { share }) => sum + share, 0);
  const caller = bindCaller(context, {
    ...input,
    target: {
      ...input.target,
      service: input.target.addressed ?? service,
    },
    destinations: [{ workload: waypoint, mutualTls: true }],
    settled: {
      ...settled,
      client: settled.client.map(counted => ({ ...counted, target: 0 })),
      arrivals: [arriving],
    },
  });
  const waypointLeg = (target: number): Leg => ({
    reporter: 'waypoint',
    reportedBy: waypoint,
    source,
    destination: destinations[target]?.workload,
    mutualTls: true,
    service,
    proxy: 'envoy',
  });
  const atWaypoint =
    protocol === 'tcp'
      ? destinations.map((_, index) =>
          bindBytes(
            context,
            input,
            waypointLeg(index),
            settled.arrivals[index],
          ),
        )
      : settled.client.flatMap(counted =>
          bindResponse(context, input, waypointLeg(counted.target), counted),
        );
  const callees = destinations.flatMap(({ workload, mutualTls }, index) =>
    settled.arrivals[index] > 0
      ? [
          bindBytes(
            context,
            input,
            {
              reporter: 'destination',
              reportedBy: workload,
              source: waypoint,
              destination: workload,
              mutualTls,
              service,
              proxy: 'ztunnel',
            },
            settled.arrivals[index],
          ),
        ]
      : [],
  );
  return [...caller, ...atWaypoint, ...callees];
}
