import {
  worstHealth,
  type Health,
} from '@orrery/backstage-plugin-orrery-common';
import type { GraphNode } from '../schema/graph';
import { judgeTraffic } from './judgeTraffic';

function judgePods(pods: GraphNode['pods']): Health | undefined {
  if (!pods) {
    return undefined;
  }
  const { desired, available } = pods;
  const reason = `${available} of ${desired} pods available`;
  if (desired === 0) {
    return { state: 'idle', reasons: ['Scaled to 0 pods'] };
  }
  if (available === 0) {
    return { state: 'failing', reasons: [reason] };
  }
  return available < desired
    ? { state: 'degraded', reasons: [reason] }
    : { state: 'healthy', reasons: [] };
}

/**
 * Judges a node by what it answers and by its pods. What it asks of others is
 * judged on the edges: a caller is not ill because a neighbour is.
 *
 * @param telemetry - false when requests could not be read, which makes
 *   silence mean nothing
 * @public
 */
export function judgeNode(
  node: Omit<GraphNode, 'health'>,
  telemetry: boolean,
): Health {
  if (node.kind === 'unknown') {
    return {
      state: 'unknown',
      reasons: ['Telemetry does not say who this is'],
    };
  }
  const pods = judgePods(node.pods);
  const traffic = judgeTraffic(node.inbound);
  if (!telemetry) {
    const unknown: Health = {
      state: 'unknown',
      reasons: ['Traffic could not be read'],
    };
    return pods && pods.state !== 'healthy'
      ? worstHealth([pods, unknown])
      : unknown;
  }
  if (traffic) {
    return worstHealth(
      pods && pods.state !== 'idle' ? [traffic, pods] : [traffic],
    );
  }
  if (pods && pods.state !== 'healthy') {
    return pods;
  }
  if (node.outbound.protocols.length > 0) {
    return { state: 'healthy', reasons: ['Only calls others'] };
  }
  return node.dataPlane === 'none'
    ? {
        state: 'unknown',
        reasons: ['Outside the mesh: no proxy measures its traffic'],
      }
    : { state: 'idle', reasons: ['No traffic in the window'] };
}
