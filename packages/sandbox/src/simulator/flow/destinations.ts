import type { LiveWorkload } from '../live/model';
import type { Operation, Protocol } from '../../world/types';
import { deniedShare } from '../routing/authorization';
import type { RouteRule } from '../routing/rule';
import { constantDuration } from '../traffic/duration';
import { settleRequest, type SettledRequest } from './attempts';
import type { FlowContext, RemoteCluster, Server } from './context';
import type { Ejections } from './ejections';
import { answer, isFailure } from './outcome';
import type { ServerResponse } from './server';
import { connectionSecurity, unreachableShare, type Target } from './target';

/** A workload that a flow reaches, and how. */
export interface Destination {
  workload: LiveWorkload;
  server: Server;
  response: ServerResponse;
  readyPods: number;
  /** Share of the attempts; the shares of all destinations add up to 1, or to 0 when none can be reached. */
  share: number;
  mutualTls: boolean;
  /** Share of the requests that the workload's proxy refuses by policy. */
  denied: number;
  connectFailure: number;
  /** Its cluster, when it is another one. */
  remote?: RemoteCluster;
}

/** The rule's part that decides what becomes of an attempt. */
export type AttemptRule = Pick<RouteRule, 'retries' | 'timeoutMilliseconds'>;

/** What is asked for; shares of the operations add up to 1. */
export interface AskedFor {
  protocol: Protocol;
  operations: readonly Operation[];
}

/** Time a proxy needs to refuse a request. */
const REFUSAL_MILLISECONDS = 0.3;

/** A workload's answers when its proxy refuses a share of the requests by itself. */
function withDenials(
  response: ServerResponse,
  protocol: Protocol,
  denied: number,
): ServerResponse {
  if (denied <= 0) return response;
  const allowed = 1 - denied;
  const { mean, variance } = response.moments;
  return {
    outcomes: [
      ...response.outcomes
        .filter(() => allowed > 0)
        .map(outcome => ({ ...outcome, share: outcome.share * allowed })),
      answer(protocol, 403, denied),
    ],
    moments: {
      mean: mean * allowed + REFUSAL_MILLISECONDS * denied,
      variance:
        variance * allowed +
        allowed * denied * (mean - REFUSAL_MILLISECONDS) ** 2,
    },
  };
}

/** Spreads attempts over the ready endpoints that are not ejected. */
export function weighDestinations(
  context: FlowContext,
  source: LiveWorkload | undefined,
  target: Target,
  ejections: Ejections,
  { protocol, operations }: AskedFor,
): Destination[] {
  const weights = target.endpoints.map(
    ({ workload, readyPods }) => readyPods * (1 - ejections.share(workload)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return target.endpoints.map(({ workload, readyPods, remote }, index) => {
    const { config } = (remote ?? context).cluster;
    const { mutualTls, refused } = connectionSecurity(
      source,
      workload,
      target.policy,
      config,
    );
    const server = (remote ?? context).server(workload);
    const denied =
      protocol === 'tcp'
        ? 0
        : deniedShare(config, workload, operations, {
            workload: source,
            isProven: mutualTls,
          });
    return {
      workload,
      server,
      response: withDenials(server.response, protocol, denied),
      denied,
      readyPods,
      share: total > 0 ? weights[index] / total : 0,
      mutualTls,
      ...(remote ? { remote } : {}),
      connectFailure: refused ? 1 : unreachableShare(context, workload),
    };
  });
}

/** The caller's proxy has nobody to ask: no such cluster (`NC`) or no healthy endpoint (`UH`). */
export function nothingThere(flags: 'NC' | 'UH'): SettledRequest {
  const duration = constantDuration(0.3);
  return {
    client: [{ code: 503, flags, share: 1, target: -1, duration }],
    server: [],
    arrivals: [],
    failures: [],
    failureShare: 1,
    moments: { mean: 0.3, variance: 0.01 },
  };
}

/** A proxy answers by itself, without a flag: what nobody may reach, or a gateway does not know. */
export function answeredByProxy(
  code: number,
  grpcStatus?: number,
): SettledRequest {
  const duration = constantDuration(0.2);
  const counted = {
    code,
    ...(grpcStatus === undefined ? {} : { grpcStatus }),
    flags: '-',
    share: 1,
    target: -1,
    duration,
  };
  return {
    client: [counted],
    server: [],
    arrivals: [],
    failures: [],
    failureShare: isFailure(counted) ? 1 : 0,
    moments: { mean: 0.2, variance: 0.01 },
  };
}

/** What becomes of a request to some workloads of the cluster. */
export function settleInside(
  destinations: readonly Destination[],
  rule: AttemptRule,
  grpc: boolean,
): SettledRequest {
  return settleRequest(
    destinations.map(({ share, connectFailure, response }) => ({
      share,
      connectFailure,
      outcomes: response.outcomes,
      moments: response.moments,
    })),
    rule,
    grpc,
  );
}

/** What becomes of a request to a host outside: no workload is known, nobody else reports. */
export function settleOutside(
  response: ServerResponse | undefined,
  rule: AttemptRule,
  grpc: boolean,
): SettledRequest {
  if (!response) return nothingThere('NC');
  const settled = settleRequest(
    [{ share: 1, connectFailure: 0, ...response }],
    rule,
    grpc,
  );
  return {
    ...settled,
    client: settled.client.map(counted => ({ ...counted, target: -1 })),
    server: [],
    arrivals: [],
  };
}
