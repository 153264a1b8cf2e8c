import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import type { OutlineGroup } from '../../model/outline';

/** One line of the outline. Only nodes can be chosen. */
export type OutlineRow =
  | { type: 'group'; key: string; group: OutlineGroup }
  | {
      type: 'node';
      key: string;
      node: GraphNode;
      /** Place among all nodes, from 1. */
      position: number;
      count: number;
    };

export function rowsOf(groups: readonly OutlineGroup[]): OutlineRow[] {
  const count = groups.reduce((sum, group) => sum + group.nodes.length, 0);
  let position = 0;
  return groups.flatMap((group): OutlineRow[] => [
    { type: 'group', key: `group ${group.namespace ?? ''}`, group },
    ...group.nodes.map((node): OutlineRow => {
      position += 1;
      return { type: 'node', key: node.id, node, position, count };
    }),
  ]);
}

/** The row that a key leads to; undefined for keys that do not move. */
export function moveActive(
  rows: readonly OutlineRow[],
  from: number,
  key: string,
): number | undefined {
  const isNode = (index: number) => rows[index]?.type === 'node';
  const search = (start: number, step: number) => {
    for (let index = start; index >= 0 && index < rows.length; index += step) {
      if (isNode(index)) {
        return index;
      }
    }
    return isNode(from) ? from : undefined;
  };
  switch (key) {
    case 'ArrowDown':
      return search(from + 1, 1);
    case 'ArrowUp':
      return search(from < 0 ? rows.length - 1 : from - 1, -1);
    case 'Home':
      return search(0, 1);
    case 'End':
      return search(rows.length - 1, -1);
    default:
      return undefined;
  }
}
