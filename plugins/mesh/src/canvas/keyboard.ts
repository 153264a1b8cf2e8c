import type { Point } from './scene/types';

/** What one can walk on with the keyboard. */
export type Ways = {
  links: readonly { id: string; source: string; target: string }[];
  places: ReadonlyMap<string, Point>;
};

/** Whether something lies in a direction rather than beside it. */
function liesAhead(dx: number, dy: number): boolean {
  return dy > 10 && Math.abs(dx) < 1.5 * dy + 40;
}

/**
 * Where an arrow key leads. From a mark: right to what it calls, left to what
 * calls it, up and down to its neighbours in the picture; with Alt onto the
 * line itself. From a line: right and left to its ends, up and down to the
 * other lines of the same caller.
 *
 * @returns undefined for other keys, and where there is nothing
 */
export function wayOf(
  { links, places }: Ways,
  from: string,
  key: string,
  isOntoLines: boolean,
): string | undefined {
  const start = places.get(from);
  if (!start) {
    const link = links.find(({ id }) => id === from);
    return link && fromLink({ links, places }, link, key);
  }
  const distance = (id: string) => {
    const to = places.get(id);
    return to ? Math.hypot(to.x - start.x, to.y - start.y) : Infinity;
  };
  const nearest = <T>(items: T[], idOf: (item: T) => string) =>
    items
      .filter(item => idOf(item) !== from && places.has(idOf(item)))
      .sort((left, right) => distance(idOf(left)) - distance(idOf(right)))[0];
  switch (key) {
    case 'ArrowRight': {
      const link = nearest(
        links.filter(({ source }) => source === from),
        ({ target }) => target,
      );
      return isOntoLines ? link?.id : link?.target;
    }
    case 'ArrowLeft': {
      const link = nearest(
        links.filter(({ target }) => target === from),
        ({ source }) => source,
      );
      return isOntoLines ? link?.id : link?.source;
    }
    case 'ArrowUp':
    case 'ArrowDown': {
      const sign = key === 'ArrowUp' ? -1 : 1;
      return nearest(
        [...places]
          .filter(([, to]) =>
            liesAhead(to.x - start.x, (to.y - start.y) * sign),
          )
          .map(([id]) => id),
        id => id,
      );
    }
    default:
      return undefined;
  }
}

function fromLink(
  { links, places }: Ways,
  link: Ways['links'][number],
  key: string,
): string | undefined {
  switch (key) {
    case 'ArrowRight':
      return link.target;
    case 'ArrowLeft':
      return link.source;
    case 'ArrowUp':
    case 'ArrowDown': {
      const height = (id: string) => places.get(id)?.y ?? 0;
      const beside = links
        .filter(({ source }) => source === link.source)
        .sort((left, right) => height(left.target) - height(right.target));
      const at = beside.findIndex(({ id }) => id === link.id);
      return beside[at + (key === 'ArrowUp' ? -1 : 1)]?.id;
    }
    default:
      return undefined;
  }
}

/** The mark furthest from where traffic comes in: the one on the right. */
export function lastOf({ places }: Ways): string | undefined {
  let last: string | undefined;
  let furthest = -Infinity;
  for (const [id, { x }] of places) {
    if (x > furthest) {
      furthest = x;
      last = id;
    }
  }
  return last;
}

const PACE = 24;

/** By how much an arrow key with Shift moves a mark. */
export function paceOf(key: string): Point | undefined {
  switch (key) {
    case 'ArrowRight':
      return { x: PACE, y: 0 };
    case 'ArrowLeft':
      return { x: -PACE, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -PACE };
    case 'ArrowDown':
      return { x: 0, y: PACE };
    default:
      return undefined;
  }
}
