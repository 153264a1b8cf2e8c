import type { DependencyLink } from './traces';

/** A call between two services as traces have it. @public */
export type TracedLink = {
  source: string;
  target: string;
  calls: number;
  errors: number;
};

/** The same as the mesh counted it. @public */
export type MeshLink = { source: string; target: string; requests: number };

/** Fewer requests than this may well have escaped sampling. */
const FEW_REQUESTS = 100;

/**
 * Puts what traces tell of calls beside what the mesh counted in the same
 * window, and says why one of them may have missed it.
 *
 * @returns the differences first, then the busiest
 * @public
 */
export function compareDependencies(
  traced: readonly TracedLink[],
  mesh: readonly MeshLink[],
): DependencyLink[] {
  const key = ({ source, target }: { source: string; target: string }) =>
    `${source} ${target}`;
  const links = new Map<string, DependencyLink>();
  for (const link of traced) {
    const present = links.get(key(link));
    links.set(key(link), {
      source: link.source,
      target: link.target,
      calls: (present?.calls ?? 0) + link.calls,
      errors: (present?.errors ?? 0) + link.errors,
      seenBy: 'traces',
    });
  }
  for (const link of mesh) {
    const present = links.get(key(link));
    links.set(key(link), {
      ...(present ?? { source: link.source, target: link.target }),
      requests: (present?.requests ?? 0) + link.requests,
      seenBy: present?.calls === undefined ? 'mesh' : 'both',
    });
  }
  const measured = new Set(mesh.flatMap(link => [link.source, link.target]));
  const order = { traces: 0, mesh: 1, both: 2 } as const;
  return [...links.values()]
    .map(link => ({ ...link, ...reasonOf(link, measured) }))
    .sort(
      (left, right) =>
        order[left.seenBy] - order[right.seenBy] ||
        (right.requests ?? right.calls ?? 0) -
          (left.requests ?? left.calls ?? 0),
    );
}

function reasonOf(
  link: DependencyLink,
  measured: ReadonlySet<string>,
): Pick<DependencyLink, 'reason'> {
  if (link.seenBy === 'both') {
    return {};
  }
  if (link.seenBy === 'traces') {
    return {
      reason: measured.has(link.target) ? 'not-measured' : 'outside-mesh',
    };
  }
  if (link.source === 'unknown') {
    return { reason: 'from-outside' };
  }
  return {
    reason: (link.requests ?? 0) < FEW_REQUESTS ? 'few-requests' : 'no-spans',
  };
}
