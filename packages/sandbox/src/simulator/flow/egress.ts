import type { Operation, Protocol } from '../../world/types';
import { isEgressGateway } from '../live/pods';
import { planCall } from '../routing/plan';
import type { SettledRequest } from './attempts';
import type { FlowContext } from './context';
import { bindResponse, type Binding, type BindingInput } from './legs';
import { answeredByProxy } from './destinations';
import { outsideService, type Target } from './target';

/** Completes a target that is an egress gateway with where that passes the requests on to. */
export function withOnward(
  context: FlowContext,
  target: Target,
  request: {
    host: string;
    authority: string;
    protocol: Protocol;
    operations: readonly Operation[];
  },
): Target {
  const { host, authority, protocol, operations } = request;
  const gateway = target.endpoints[0]?.workload;
  if (authority === host || !gateway || !isEgressGateway(gateway)) {
    return target;
  }
  const { config } = context.cluster;
  const routed = planCall(config, {
    source: gateway,
    host: authority,
    protocol,
    operations,
  }).every(({ rule }) =>
    rule?.targets.some(({ host: next }) => next === authority),
  );
  const service = routed
    ? outsideService(config, authority)
    : { host: 'unknown', name: 'unknown', namespace: 'unknown' };
  return { ...target, onward: { gateway, service, routed } };
}

/** What becomes of a request to the outside, as the one who sends it to a gateway sees it. */
export function overGateway(
  target: Target,
  outside: SettledRequest,
): SettledRequest {
  const settled = target.onward?.routed ? outside : answeredByProxy(404);
  return {
    ...settled,
    client: settled.client.map(counted => ({ ...counted, target: 0 })),
    arrivals: [1],
  };
}

/** What an egress gateway reports of the requests that it passes on. */
export function bindOnward(
  context: FlowContext,
  input: BindingInput,
): Binding[] {
  const { onward } = input.target;
  if (!onward) return [];
  return input.settled.client.flatMap(counted =>
    bindResponse(
      context,
      input,
      {
        reporter: 'source',
        reportedBy: onward.gateway,
        source: onward.gateway,
        destination: undefined,
        mutualTls: false,
        service: onward.service,
        proxy: 'envoy',
      },
      onward.routed ? counted : { ...counted, flags: 'NR' },
    ),
  );
}
