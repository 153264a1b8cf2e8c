import {
  completeFind,
  type FindSuggestion,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { useMemo, useState } from 'react';

/** The list below an expression that is being written. */
export type Suggestions = {
  list: readonly FindSuggestion[];
  /** Place of the one that Enter would take, -1 for none. */
  active: number;
  open: (cursor: number) => void;
  close: () => void;
  move: (step: 1 | -1) => void;
};

/** Offers what may stand at the cursor, while the list is open. */
export function useSuggestions(text: string, graph: MeshGraph): Suggestions {
  const [cursor, setCursor] = useState<number>();
  const [active, setActive] = useState(-1);
  const list = useMemo(
    () => (cursor === undefined ? [] : completeFind(text, cursor, graph)),
    [text, cursor, graph],
  );
  return {
    list,
    active: Math.min(active, list.length - 1),
    open: place => {
      setCursor(place);
      setActive(-1);
    },
    close: () => {
      setCursor(undefined);
      setActive(-1);
    },
    move: step =>
      setActive(before => {
        const next = Math.min(before, list.length - 1) + step;
        return next < -1 ? list.length - 1 : next % Math.max(list.length, 1);
      }),
  };
}
