import type { Operation } from '../../world/types';
import type { FlowEngine } from '../flow/engine';
import type { CallFlow } from '../flow/callFlow';
import type { Outcome } from '../flow/outcome';
import type { LiveWorkload } from '../live/model';
import type { Moments } from '../traffic/duration';

/** A kind of request that arrives at a workload, with its rate. */
export interface Arrival {
  /** Name of the calling app, or `-` when it is not known. */
  caller: string;
  host: string;
  operation: Operation;
  requestsPerSecond: number;
}

/** What a pod of a workload has to write about. */
export interface LogMix {
  arrivals: readonly Arrival[];
  requestsPerSecond: number;
  outcomes: readonly Outcome[];
  moments: Moments;
}

function collect(
  workload: LiveWorkload,
  flow: CallFlow,
  rate: number,
  arrivals: Arrival[],
): void {
  for (const part of flow.parts) {
    for (const { share, flow: cluster } of [
      ...part.clusters,
      ...part.mirrors,
    ]) {
      for (const destination of cluster.destinations) {
        if (destination.workload !== workload) continue;
        for (const operation of part.operations) {
          arrivals.push({
            caller: flow.options.source?.appName ?? '-',
            host: flow.options.host,
            operation,
            requestsPerSecond:
              rate * operation.share * share * destination.arrivals,
          });
        }
      }
    }
  }
}

/** What arrives at a workload at present. Searches all callers: for log readers, not for ticks. */
export function inboundMix(engine: FlowEngine, workload: LiveWorkload): LogMix {
  const arrivals: Arrival[] = [];
  for (const node of engine.callers()) {
    for (const { flow, perRequest } of node.calls) {
      collect(workload, flow, node.load * perRequest, arrivals);
    }
  }
  for (const { entry, flow } of engine.entries) {
    collect(workload, flow, entry.requestsPerSecond, arrivals);
  }
  const { response, load } = engine.node(workload);
  return { arrivals, requestsPerSecond: load, ...response };
}

/** What passes a gateway at present: its answers are what its callees answered. */
export function gatewayMix(engine: FlowEngine): LogMix {
  const arrivals: Arrival[] = [];
  const outcomes = new Map<string, Outcome>();
  let requestsPerSecond = 0;
  let mean = 0;
  let variance = 0;
  const count = (outcome: Outcome, weight: number) => {
    const key = `${outcome.code}${outcome.flags}`;
    const share = (outcomes.get(key)?.share ?? 0) + weight;
    outcomes.set(key, { ...outcome, share });
  };
  for (const { entry, flow } of engine.entries) {
    if (entry.via !== 'gateway') continue;
    const rate = entry.requestsPerSecond;
    requestsPerSecond += rate;
    mean += rate * flow.moments.mean;
    variance += rate * flow.moments.variance;
    for (const operation of entry.operations) {
      arrivals.push({
        caller: '-',
        host: entry.host,
        operation,
        requestsPerSecond: rate * operation.share,
      });
    }
    for (const part of flow.parts) {
      if (part.local) count({ ...part.local, share: 1 }, rate * part.share);
      for (const { share, flow: cluster } of part.clusters) {
        for (const counted of cluster.settled.client) {
          count(counted, rate * part.share * share * counted.share);
        }
      }
    }
  }
  const total = Math.max(requestsPerSecond, 1e-9);
  return {
    arrivals,
    requestsPerSecond,
    outcomes: [...outcomes.values()].map(outcome => ({
      ...outcome,
      share: outcome.share / total,
    })),
    moments: { mean: mean / total, variance: variance / total },
  };
}
