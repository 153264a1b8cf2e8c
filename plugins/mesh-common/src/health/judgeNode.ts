import {
  worstHealth,
  type Health,
} from '@orrery/backstage-plugin-orrery-common';
import type { GraphNode } from '../schema/graph';
import { judgeTraffic } from './judgeTraffic';
import { tolerancesOf } from './tolerances';

function judgePods({
  pods,
  proxies,
}: Pick<GraphNode, 'pods' | 'proxies'>): Health | undefined {
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
  const reasons = [
    ...(available < desired ? [reason] : []),
    ...(proxies?.synced !== undefined && proxies.synced < proxies.count
      ? [
          `${proxies.synced} of ${proxies.count} proxies have the latest configuration`,
        ]
      : []),
  ];
  return { state: reasons.length > 0 ? 'degraded' : 'healthy', reasons };
}

/** Bytes that flow say nothing about what is answered. */
const LAYER_4_ONLY: Health = {
  state: 'unknown',
  reasons: [
    'L4 only: ztunnel counts its bytes, and no waypoint reads its requests',
  ],
};

/**
 * Judges a node by what it answers and by its pods. What it asks of others is
 * judged on the edges: a caller is not ill because a neighbour is.
 *
 * @param telemetry - false when requests could not be read, which makes
 *   silence mean nothing
 * @param healthRate - its `health.kiali.io/rate` annotation
 * @public
 */
export function judgeNode(
  node: Omit<GraphNode, 'health'>,
  telemetry: boolean,
  healthRate?: string,
): Health {
  if (node.kind === 'hidden') {
    return { state: 'unknown', reasons: ['Not yours to see'] };
  }
  if (node.kind === 'unknown') {
    return {
      state: 'unknown',
      reasons: ['Telemetry does not say who this is'],
    };
  }
  const pods = judgePods(node);
  const traffic =
    node.layer === 'l4'
      ? LAYER_4_ONLY
      : judgeTraffic(node.inbound, tolerancesOf(healthRate, 'inbound'));
  if (!telemetry) {
    const unknown: Health = {
      state: 'unknown',
      reasons: ['Traffic could not be read'],
    };
    return pods && pods.state !== 'healthy'
      ? worstHealth([pods, unknown])
      : unknown;
  }
  if (node.isDead && traffic?.state === 'healthy') {
    return {
      state: 'unknown',
      reasons: ['Kubernetes no longer has it; its traffic is of before'],
    };
  }
  if (traffic === LAYER_4_ONLY && pods && pods.state !== 'healthy') {
    return worstHealth([pods, traffic]);
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
