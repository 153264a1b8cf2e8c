import type { TreeNode } from '@orrery/backstage-plugin-config-center-common';

/** A row of a tree. */
export type VisibleNode<T> = {
  node: TreeNode<T>;
  /** Counted from 1. */
  level: number;
  isOpen: boolean;
};

/** The rows of a tree that are seen: what is below closed folders is not. */
export function visibleNodes<T>(
  nodes: readonly TreeNode<T>[],
  closed: ReadonlySet<string>,
  level = 1,
): VisibleNode<T>[] {
  return nodes.flatMap(node => {
    const isOpen = node.children !== undefined && !closed.has(node.path);
    return [
      { node, level, isOpen },
      ...(isOpen ? visibleNodes(node.children ?? [], closed, level + 1) : []),
    ];
  });
}
