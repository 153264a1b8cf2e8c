import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import { compareHealth } from '@orrery/backstage-plugin-orrery-common';
import { nodeTitle } from '../../model/words';
import type { ViewGraph, ViewLink, ViewMark } from '../levels';
import { STRIDE, type Steps } from '../slices';
import { comparisonSteps, weightiest, type MarksOf } from './comparisons';
import type {
  Box,
  ComparisonMark,
  Link,
  Mark,
  MarkShape,
  Scene,
} from './types';

function shapeOf(node: GraphNode): MarkShape {
  switch (node.kind) {
    case 'external':
    case 'passthrough':
      return 'external';
    case 'unknown':
      return 'unknown';
    case 'hidden':
      return 'hidden';
    case 'operation':
      return 'operation';
    case 'service':
      return 'triangle';
    default:
      break;
  }
  if (
    node.role === 'gateway' ||
    node.role === 'waypoint' ||
    node.role === 'store'
  ) {
    return node.role;
  }
  return node.kind === 'workload' ? 'circle' : 'square';
}

/** Width by rate on a log scale: 1 px for nothing much, 6 px for thousands a second. */
export function linkWidth(requestsPerSecond: number | undefined): number {
  const rate = Math.max(0, requestsPerSecond ?? 0);
  return Math.min(6, 1 + Math.log10(1 + rate) * 1.5);
}

/** What is the case around a node, and decides how it is drawn. */
type Surroundings = {
  /** Namespaces some of whose nodes take part in the mesh. */
  inside: ReadonlySet<string>;
  /** Nodes of one app, by `namespace/app`. */
  versions: ReadonlyMap<string, number>;
};

function markOf(
  view: ViewMark,
  around: Surroundings,
  comparison: ComparisonMark | undefined,
): Mark {
  if (view.closed) {
    const { group, health, total } = view.closed;
    return {
      id: view.id,
      shape: 'group',
      label: group.label,
      chips: [],
      health,
      errorShare: total.errorShare ?? 0,
      isOpen: false,
      isDead: false,
      comparison,
      view,
    };
  }
  const { node } = view;
  const { name, version } = nodeTitle(node);
  const space = `${node.cluster}/${node.namespace}`;
  // A single version says nothing; two of them must be told apart.
  const isOneOfMany = (around.versions.get(`${space}/${node.app}`) ?? 0) > 1;
  return {
    id: view.id,
    shape: shapeOf(node),
    label: name,
    chips: [
      ...(version && isOneOfMany ? [version] : []),
      ...(node.layer === 'l4' ? ['L4'] : []),
    ],
    health: node.health.state,
    errorShare: node.inbound.errorShare ?? 0,
    isOpen: node.dataPlane === 'none' && around.inside.has(space),
    isDead: node.isDead === true,
    comparison,
    view,
  };
}

function linkOf(
  view: ViewLink,
  around: { isAmongLocked: boolean; callerRequests: number },
  comparison: ComparisonMark | undefined,
): Link {
  const { traffic } = view;
  const share = traffic.leastMutualTlsShare;
  return {
    id: view.id,
    source: view.source,
    target: view.target,
    health: view.health,
    width: linkWidth(traffic.requestsPerSecond),
    isDashed: traffic.protocols.length === 1 && traffic.protocols[0] === 'tcp',
    isDouble: traffic.protocols.length > 1,
    lock: lockOf(share, around.isAmongLocked),
    comparison,
    requestsPerSecond: traffic.requestsPerSecond ?? 0,
    errorShare: traffic.errorShare ?? 0,
    p95Milliseconds: traffic.slowestP95Milliseconds,
    callerShare:
      traffic.requestsPerSecond === undefined || around.callerRequests === 0
        ? undefined
        : traffic.requestsPerSecond / around.callerRequests,
    view,
  };
}

/** An open lock only says something beside closed ones. */
function lockOf(
  mutualTlsShare: number | undefined,
  isAmongLocked: boolean,
): Link['lock'] {
  if (mutualTlsShare === undefined) {
    return undefined;
  }
  if (mutualTlsShare > 0.999) {
    return 'closed';
  }
  return isAmongLocked ? 'open' : undefined;
}

/**
 * What a view looks like, before it has places. Texts with figures are not
 * among it: they are written when they are read.
 */
export function* sceneSteps(view: ViewGraph, marksOf?: MarksOf): Steps<Scene> {
  const inside = new Set<string>();
  const versions = new Map<string, number>();
  for (const [index, { node }] of view.marks.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    if (node) {
      const space = `${node.cluster}/${node.namespace}`;
      const key = `${space}/${node.app}`;
      versions.set(key, (versions.get(key) ?? 0) + 1);
      if (node.dataPlane === 'sidecar' || node.dataPlane === 'ambient') {
        inside.add(space);
      }
    }
  }
  const comparisons = marksOf && (yield* comparisonSteps(view, marksOf));
  const marks = new Map<string, Mark>();
  let worst: Mark | undefined;
  for (const [index, item] of view.marks.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    const mark = markOf(item, { inside, versions }, comparisons?.get(item.id));
    marks.set(item.id, mark);
    if (!worst || isWorse(mark, worst)) {
      worst = mark;
    }
  }
  const locked = new Set<string>();
  const requests = new Map<string, number>();
  for (const [index, { source, target, traffic }] of view.links.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    if ((traffic.leastMutualTlsShare ?? 0) > 0.999) {
      locked.add(source).add(target);
    }
    requests.set(
      source,
      (requests.get(source) ?? 0) + (traffic.requestsPerSecond ?? 0),
    );
  }
  const links: Link[] = [];
  for (const [index, item] of view.links.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    links.push(
      linkOf(
        item,
        {
          isAmongLocked: locked.has(item.source) || locked.has(item.target),
          callerRequests: requests.get(item.source) ?? 0,
        },
        marksOf &&
          weightiest([item.id, ...item.edges.map(({ id }) => id)], marksOf),
      ),
    );
  }
  const boxes = new Map<string, Box>();
  for (const [id, state] of view.open) {
    boxes.set(id, { id, label: state.group.label, state });
  }
  return { marks, links, boxes, worst: worst?.id };
}

function isWorse(left: Mark, right: Mark): boolean {
  const order = compareHealth(left.health, right.health);
  return order < 0 || (order === 0 && left.errorShare > right.errorShare);
}
