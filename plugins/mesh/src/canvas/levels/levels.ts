import type { Group, GroupLevel, Hierarchy } from './hierarchy';

/** What single marks stand for, at most: everything deeper is inside closed boxes. @public */
export type Depth = 'cluster' | 'namespace' | 'app' | 'workload';

/**
 * Which boxes are open: all that are further out than `depth`, except those
 * named, which are the other way round.
 *
 * @public
 */
export type Levels = { depth: Depth; except: readonly string[] };

/** From the outermost in. @public */
export const DEPTHS: readonly Depth[] = [
  'cluster',
  'namespace',
  'app',
  'workload',
];

/** More marks than this are not read but searched. */
export const MOST_MARKS = 300;

const RANK: Record<GroupLevel, number> = {
  cluster: 0,
  namespace: 1,
  outside: 1,
  app: 2,
};

/** Tells open from closed boxes. */
export function openness(levels: Levels): (group: Group) => boolean {
  const rank = DEPTHS.indexOf(levels.depth);
  const except = new Set(levels.except);
  return group => RANK[group.level] < rank !== except.has(group.id);
}

/** The levels with one box opened or closed. */
export function withGroup(
  levels: Levels,
  group: Group,
  isOpen: boolean,
): Levels {
  if (openness(levels)(group) === isOpen) {
    return levels;
  }
  return {
    ...levels,
    except: levels.except.includes(group.id)
      ? levels.except.filter(id => id !== group.id)
      : [...levels.except, group.id],
  };
}

/** The levels with everything open that is around a node. */
export function withWayTo(
  levels: Levels,
  hierarchy: Hierarchy,
  nodeId: string,
): Levels {
  let opened = levels;
  let group = hierarchy.groups.get(hierarchy.groupOf.get(nodeId) ?? '');
  while (group) {
    opened = withGroup(opened, group, true);
    group = hierarchy.groups.get(group.parent ?? '');
  }
  return opened;
}

/** How many marks show when everything is open down to each depth. */
export function countMarks(
  hierarchy: Hierarchy,
  nodes: number,
): Record<Depth, number> {
  const at = (rank: number) => {
    const closed = [...hierarchy.groups.values()].filter(
      group =>
        RANK[group.level] >= rank && !isInClosed(hierarchy, group.parent, rank),
    );
    let inside = 0;
    for (const id of hierarchy.groupOf.values()) {
      inside += isInClosed(hierarchy, id, rank) ? 1 : 0;
    }
    return closed.length + nodes - inside;
  };
  return { cluster: at(0), namespace: at(1), app: at(2), workload: nodes };
}

function isInClosed(
  { groups }: Hierarchy,
  id: string | undefined,
  rank: number,
): boolean {
  let group = groups.get(id ?? '');
  while (group) {
    if (RANK[group.level] >= rank) {
      return true;
    }
    group = groups.get(group.parent ?? '');
  }
  return false;
}

/** The deepest depth that shows few enough marks; the outermost if none does. */
export function chooseDepth(
  hierarchy: Hierarchy,
  nodes: number,
  most: number = MOST_MARKS,
): Depth {
  const counts = countMarks(hierarchy, nodes);
  return (
    [...DEPTHS].reverse().find(depth => counts[depth] <= most) ?? 'cluster'
  );
}

/** Levels as one word for a URL, such as `namespace,kepler/wealth`. @public */
export function formatLevels({ depth, except }: Levels): string {
  return [depth, ...except.map(encodeURIComponent)].join(',');
}

/** Reads what `formatLevels` wrote. @returns undefined for anything else. @public */
export function parseLevels(text: string | undefined): Levels | undefined {
  const [first, ...except] = (text ?? '').split(',');
  const depth = DEPTHS.find(candidate => candidate === first);
  try {
    return depth && { depth, except: except.map(decodeURIComponent) };
  } catch {
    return undefined;
  }
}
