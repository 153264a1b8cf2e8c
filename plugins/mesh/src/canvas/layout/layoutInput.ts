import type { Scene } from '../scene/types';
import type { LayoutGroup, LayoutInput } from './types';

/** The structure of a scene, in an order that does not depend on rates. */
export function layoutInputOf(scene: Scene): LayoutInput {
  const groupOf = (id: string) => scene.marks.get(id)?.box ?? id;
  const groups = new Map<
    string,
    { isBox: boolean; marks: string[]; edges: [string, string][] }
  >();
  const ids = [...scene.marks.keys()].sort();
  for (const id of ids) {
    const key = groupOf(id);
    const group = groups.get(key) ?? {
      isBox: scene.marks.get(id)?.box !== undefined,
      marks: [],
      edges: [],
    };
    group.marks.push(id);
    groups.set(key, group);
  }
  const between = new Set<string>();
  const edges: [string, string][] = [];
  const links = [...scene.links].sort((left, right) =>
    left.id < right.id ? -1 : 1,
  );
  for (const { source, target } of links) {
    const from = groupOf(source);
    const to = groupOf(target);
    if (from === to) {
      if (source !== target) {
        groups.get(from)?.edges.push([source, target]);
      }
    } else if (!between.has(`${from}\n${to}`)) {
      between.add(`${from}\n${to}`);
      edges.push([from, to]);
    }
  }
  return {
    groups: [...groups]
      .map(([id, group]): LayoutGroup => ({ id, ...group }))
      .sort((left, right) => (left.id < right.id ? -1 : 1)),
    edges,
  };
}
