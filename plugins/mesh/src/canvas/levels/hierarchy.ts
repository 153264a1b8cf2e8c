import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import { STRIDE, type Steps } from '../slices';

/** What a box stands for, from the outermost in. `outside` is what belongs to no namespace. */
export type GroupLevel = 'cluster' | 'namespace' | 'outside' | 'app';

/** A box: open it shows its content, closed it stands for it. */
export type Group = {
  /** `cluster`, `cluster/namespace`, `cluster/namespace/app/name` or `outside`. */
  id: string;
  level: GroupLevel;
  label: string;
  /** Id of the box around it. */
  parent: string | undefined;
};

/** The boxes of a graph, and in which of them each node stands. */
export type Hierarchy = {
  groups: ReadonlyMap<string, Group>;
  /** Innermost box by id of node; none for nodes that stand alone. */
  groupOf: ReadonlyMap<string, string>;
};

/** Id of the box for what belongs to no namespace. */
export const OUTSIDE = 'outside';

/** So few nodes outside need no box. */
const ALONE_UP_TO = 12;

/** Whether a node belongs to no namespace that one could look after. */
export function isOutside(node: GraphNode): boolean {
  return (
    node.namespace === undefined ||
    node.kind === 'external' ||
    node.kind === 'passthrough' ||
    node.kind === 'unknown' ||
    node.kind === 'hidden'
  );
}

/** Boxes of a graph: clusters only where there are several, apps only where they have several nodes. */
export function* hierarchySteps(nodes: readonly GraphNode[]): Steps<Hierarchy> {
  const clusters = new Set<string>();
  const appSizes = new Map<string, number>();
  let outside = 0;
  for (const [index, node] of nodes.entries()) {
    if (isOutside(node)) {
      outside += 1;
    } else {
      clusters.add(node.cluster);
      const app = appId(node);
      appSizes.set(app, (appSizes.get(app) ?? 0) + 1);
    }
    if (index % STRIDE === 0) {
      yield;
    }
  }
  const groups = new Map<string, Group>();
  const groupOf = new Map<string, string>();
  const open = (
    id: string,
    level: GroupLevel,
    label: string,
    parent: string | undefined,
  ) => {
    if (!groups.has(id)) {
      groups.set(id, { id, level, label, parent });
    }
    return id;
  };
  for (const [index, node] of nodes.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    const { id, cluster, namespace = '', app = '' } = node;
    if (isOutside(node)) {
      if (outside > ALONE_UP_TO) {
        groupOf.set(id, open(OUTSIDE, 'outside', '', undefined));
      }
      continue;
    }
    const around =
      clusters.size > 1
        ? open(cluster, 'cluster', cluster, undefined)
        : undefined;
    const inner = open(
      `${cluster}/${namespace}`,
      'namespace',
      namespace,
      around,
    );
    const key = appId(node);
    groupOf.set(
      id,
      app !== '' && (appSizes.get(key) ?? 0) > 1
        ? open(key, 'app', app, inner)
        : inner,
    );
  }
  return { groups, groupOf };
}

function appId({ cluster, namespace, app }: GraphNode): string {
  return `${cluster}/${namespace}/app/${app ?? ''}`;
}
