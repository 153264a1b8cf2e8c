import type { ViewGraph } from '../levels';
import { STRIDE, type Steps } from '../slices';
import { ROOT, type LayoutChild, type LayoutGroup } from './types';

type Draft = {
  id: string;
  kind: 'group';
  children: LayoutChild[];
  indexes: Map<string, number>;
  edges: [number, number][];
  seen: Set<number>;
};

/** More children than any group has, to make one number of two indexes. */
const MANY = 1 << 20;

/**
 * The structure of what shows: boxes in boxes, and between which of their
 * children edges lead. Rates play no part in it.
 */
export function* layoutInputSteps(view: ViewGraph): Steps<LayoutGroup> {
  const { groups } = view.hierarchy;
  const drafts = new Map<string, Draft>();
  const draftOf = (id: string): Draft => {
    let draft = drafts.get(id);
    if (!draft) {
      draft = {
        id,
        kind: 'group',
        children: [],
        indexes: new Map(),
        edges: [],
        seen: new Set(),
      };
      drafts.set(id, draft);
      if (id !== ROOT) {
        addChild(draftOf(groups.get(id)?.parent ?? ROOT), draft);
      }
    }
    return draft;
  };
  draftOf(ROOT);
  for (const [index, mark] of view.marks.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    addChild(draftOf(mark.parent ?? ROOT), {
      id: mark.id,
      kind: mark.closed ? 'closed' : 'node',
    });
  }
  const parents = new Map(view.marks.map(({ id, parent }) => [id, parent]));
  const wayTo = (id: string): string[] => {
    const way = [id];
    let parent = parents.get(id);
    while (parent !== undefined) {
      way.unshift(parent);
      parent = groups.get(parent)?.parent;
    }
    way.unshift(ROOT);
    return way;
  };
  for (const [index, { source, target }] of view.links.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    if (source !== target && parents.has(source) && parents.has(target)) {
      const from = wayTo(source);
      const to = wayTo(target);
      let depth = 1;
      while (from[depth] === to[depth]) {
        depth += 1;
      }
      addEdge(draftOf(from[depth - 1]), from[depth], to[depth]);
    }
  }
  return draftOf(ROOT);
}

function addChild(draft: Draft, child: LayoutChild): void {
  draft.indexes.set(child.id, draft.children.length);
  draft.children.push(child);
}

function addEdge(draft: Draft, source: string, target: string): void {
  const from = draft.indexes.get(source);
  const to = draft.indexes.get(target);
  if (from === undefined || to === undefined) {
    return;
  }
  const key = from * MANY + to;
  if (!draft.seen.has(key)) {
    draft.seen.add(key);
    draft.edges.push([from, to]);
  }
}

/** Whether two views have the same marks and lines in the same boxes. */
export function isSameStructure(left: ViewGraph, right: ViewGraph): boolean {
  return (
    left.marks.length === right.marks.length &&
    left.links.length === right.links.length &&
    left.marks.every(({ id, parent, closed }, index) => {
      const other = right.marks[index];
      return (
        id === other.id &&
        parent === other.parent &&
        (closed === undefined) === (other.closed === undefined)
      );
    }) &&
    left.links.every(({ id }, index) => id === right.links[index].id)
  );
}
