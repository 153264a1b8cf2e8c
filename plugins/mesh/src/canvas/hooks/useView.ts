import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { withWayTo, type Levels, type ViewGraph } from '../levels';

/** What of a picture is selected and in full colour, by the ids of the picture. */
export type ViewSelection = {
  selected: string | undefined;
  highlighted: ReadonlySet<string> | undefined;
  select: (id: string | undefined) => void;
};

/**
 * Selection of nodes and edges as the page knows it, and of closed boxes and
 * merged lines, which only the picture knows.
 */
export function useViewSelection(options: {
  view: ViewGraph | undefined;
  selected: string | undefined;
  highlighted: ReadonlySet<string> | undefined;
  onSelect: (id: string | undefined) => void;
}): ViewSelection {
  const { view, selected, highlighted, onSelect } = options;
  const [local, setLocal] = useState<string>();
  const select = useCallback(
    (id: string | undefined) => {
      const isOurs = view?.marks.some(mark => mark.id === id && mark.closed);
      const link = view?.links.find(item => item.id === id);
      const isMerged = link !== undefined && link.edges[0].id !== link.id;
      setLocal(isOurs || isMerged ? id : undefined);
      onSelect(isOurs || isMerged ? undefined : id);
    },
    [view, onSelect],
  );
  const shown = useMemo(() => {
    if (selected === undefined || !view) {
      return local;
    }
    const link = view.links.find(
      ({ id, edges }) =>
        id === selected || edges.some(edge => edge.id === selected),
    );
    return link?.id ?? view.markOf(selected);
  }, [view, selected, local]);
  const lit = useMemo(
    () =>
      view && highlighted
        ? new Set([
            ...[...highlighted].map(id => view.markOf(id)),
            ...view.links
              .filter(({ edges }) =>
                edges.some(({ id }) => highlighted.has(id)),
              )
              .map(({ id }) => id),
          ])
        : undefined,
    [view, highlighted],
  );
  return { selected: shown, highlighted: lit, select };
}

/** Opens what is around a node, or around both ends of an edge, when it is selected. */
export function useWayTo(options: {
  graph: MeshGraph;
  view: ViewGraph | undefined;
  levels: Levels | undefined;
  selected: string | undefined;
  onLevels: (levels: Levels) => void;
}): void {
  const { graph, view, levels, selected, onLevels } = options;
  const handled = useRef<string>();
  useEffect(() => {
    if (selected === undefined) {
      handled.current = undefined;
      return;
    }
    if (!view || !levels || handled.current === selected) {
      return;
    }
    const edge = graph.edges.find(({ id }) => id === selected);
    const ends = edge ? [edge.source, edge.target] : [selected];
    const hidden = ends.filter(
      id => view.hierarchy.groupOf.has(id) && view.markOf(id) !== id,
    );
    handled.current = selected;
    if (hidden.length > 0) {
      onLevels(
        hidden.reduce(
          (opened, id) => withWayTo(opened, view.hierarchy, id),
          levels,
        ),
      );
    }
  }, [graph, view, levels, selected, onLevels]);
}
