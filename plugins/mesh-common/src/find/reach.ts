import type { GraphIndex } from './graphIndex';

/** Which way edges are followed. */
export type Direction = 'up' | 'down' | 'either';

function stepsFrom(
  index: GraphIndex,
  place: number,
  direction: Direction,
): number[] {
  const { inbound, outbound, sources, targets } = index;
  const up = direction === 'down' ? [] : inbound[place];
  const down = direction === 'up' ? [] : outbound[place];
  return [
    ...up.map(edge => sources[edge]),
    ...down.map(edge => targets[edge]),
  ].filter(next => next >= 0);
}

/**
 * How many edges each node is away from the nearest of some nodes, -1 where
 * there is no way or none within `hops`. Every edge is looked at once.
 */
export function distancesFrom(
  index: GraphIndex,
  starts: Uint8Array,
  direction: Direction,
  hops = Infinity,
): Int32Array {
  const distances = new Int32Array(starts.length).fill(-1);
  let frontier: number[] = [];
  starts.forEach((isStart, place) => {
    if (isStart) {
      distances[place] = 0;
      frontier.push(place);
    }
  });
  for (let away = 1; frontier.length > 0 && away <= hops; away += 1) {
    const next: number[] = [];
    for (const place of frontier) {
      for (const neighbour of stepsFrom(index, place, direction)) {
        if (distances[neighbour] < 0) {
          distances[neighbour] = away;
          next.push(neighbour);
        }
      }
    }
    frontier = next;
  }
  return distances;
}

/** Nodes and edges, 1 where found. */
export type FoundBits = { nodes: Uint8Array; edges: Uint8Array };

/**
 * Nodes within reach and the edges that were followed to them: those that
 * begin at a node nearer than the farthest that is looked.
 */
export function reach(
  index: GraphIndex,
  starts: Uint8Array,
  direction: Direction,
  hops = Infinity,
): FoundBits {
  const distances = distancesFrom(index, starts, direction, hops);
  const isFollowed = (place: number) =>
    place >= 0 && distances[place] >= 0 && distances[place] < hops;
  const edges = new Uint8Array(index.edges.length);
  for (let edge = 0; edge < edges.length; edge += 1) {
    const down = direction !== 'up' && isFollowed(index.sources[edge]);
    const up = direction !== 'down' && isFollowed(index.targets[edge]);
    edges[edge] = Number(down || up);
  }
  return {
    nodes: Uint8Array.from(distances, away => Number(away >= 0)),
    edges,
  };
}

/**
 * Nodes and edges on the directed ways from some nodes to others: all ways of
 * at most `hops` edges, or only the shortest. A way may come through a node
 * twice: telling those that do not from the others takes exponential time.
 */
export function pathsBetween(
  index: GraphIndex,
  starts: Uint8Array,
  ends: Uint8Array,
  limit: number | 'shortest' = Infinity,
): FoundBits {
  const before = distancesFrom(index, starts, 'down');
  const after = distancesFrom(index, ends, 'up');
  let longest = limit === 'shortest' ? Infinity : limit;
  if (limit === 'shortest') {
    for (let place = 0; place < before.length; place += 1) {
      if (before[place] >= 0 && after[place] >= 0) {
        longest = Math.min(longest, before[place] + after[place]);
      }
    }
  }
  const nodes = Uint8Array.from(before, (away, place) =>
    Number(away >= 0 && after[place] >= 0 && away + after[place] <= longest),
  );
  const edges = new Uint8Array(index.edges.length);
  for (let edge = 0; edge < edges.length; edge += 1) {
    const from = before[index.sources[edge]] ?? -1;
    const on = after[index.targets[edge]] ?? -1;
    edges[edge] = Number(from >= 0 && on >= 0 && from + 1 + on <= longest);
  }
  return { nodes, edges };
}
