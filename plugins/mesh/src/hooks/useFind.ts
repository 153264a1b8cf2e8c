import {
  evaluateFind,
  FindError,
  hideFind,
  parseFind,
  type FindExpression,
  type Found,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { useUrlParameter } from '@orrery/backstage-plugin-orrery-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';

/** An expression, or why a text is none; neither for an empty text. */
export type ReadFind = { expression?: FindExpression; error?: FindError };

export function readFind(text: string): ReadFind {
  if (text.trim() === '') {
    return {};
  }
  try {
    return { expression: parseFind(text) };
  } catch (error) {
    if (error instanceof FindError) {
      return { error };
    }
    throw error;
  }
}

/** One of the two expressions, as the URL has it. */
export type FindField = {
  applied: string;
  apply: (text: string) => void;
};

/** What is found in a graph and what is hidden of it. */
export type MeshFind = {
  find: FindField;
  hide: FindField;
  /** All of the graph, of which nothing is hidden. */
  whole: MeshGraph | undefined;
  /** The graph without what is hidden. */
  shown: MeshGraph | undefined;
  /** What is found in it; undefined when nothing is looked for. */
  found: Found | undefined;
  /** Ids in full colour: what is found, and both ends of edges that are. */
  highlighted: ReadonlySet<string> | undefined;
  hidden: { nodes: number; edges: number };
  /** Whether what is hidden is shown for now. */
  isRevealed: boolean;
  setRevealed: (value: boolean) => void;
};

/** An expression of the URL; while it makes no sense, the last one that did. */
function useExpression(parameter: string) {
  const [applied, apply] = useUrlParameter(parameter, '');
  const read = useMemo(() => readFind(applied), [applied]);
  const last = useRef<FindExpression>();
  if (!read.error) {
    last.current = read.expression;
  }
  const field = useMemo(() => ({ applied, apply }), [applied, apply]);
  // Looking through a large graph must not hold up who writes the next one.
  const expression = useDeferredValue(last.current);
  return { field, expression };
}

function highlightedOf(graph: MeshGraph, found: Found): ReadonlySet<string> {
  const ids = new Set([...found.nodes, ...found.edges]);
  for (const edge of graph.edges) {
    if (found.edges.has(edge.id)) {
      ids.add(edge.source);
      ids.add(edge.target);
    }
  }
  return ids;
}

/**
 * Finds and hides by the expressions of the URL (`find`, `hide`). Hiding
 * comes first, as in Kiali: what is hidden is not found.
 */
export function useFind(graph: MeshGraph | undefined): MeshFind {
  const find = useExpression('find');
  const hide = useExpression('hide');
  const [isRevealed, setRevealed] = useState(false);

  const rest = useMemo(
    () =>
      graph &&
      (hide.expression
        ? hideFind(graph, evaluateFind(hide.expression, graph))
        : graph),
    [graph, hide.expression],
  );
  const shown = isRevealed ? graph : rest;
  const found = useMemo(
    () => shown && find.expression && evaluateFind(find.expression, shown),
    [shown, find.expression],
  );
  const highlighted = useMemo(
    () => shown && found && highlightedOf(shown, found),
    [shown, found],
  );
  return {
    find: find.field,
    hide: hide.field,
    whole: graph,
    shown,
    found,
    highlighted,
    hidden: {
      nodes: (graph?.nodes.length ?? 0) - (rest?.nodes.length ?? 0),
      edges: (graph?.edges.length ?? 0) - (rest?.edges.length ?? 0),
    },
    isRevealed,
    setRevealed,
  };
}
