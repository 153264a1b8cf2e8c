import { useEffect, useMemo, useRef, useState } from 'react';
import type { Scene } from '../scene/types';
import { computeLayout } from './computeLayout';
import { keepLayout } from './keepLayout';
import { layoutInputOf } from './layoutInput';
import type { LayeredLayout, Layout } from './types';
import { workerLayout } from './workerLayout';

/** Layouts of this visit, so that coming back finds everything in its place. */
const remembered = new Map<string, Layout>();

/**
 * Places for a scene. Rates do not matter to it: while the structure stays,
 * so does the layout, and what comes or goes moves nothing else if it can.
 */
export function useLayout(
  scene: Scene,
  layoutKey: string,
  layered: LayeredLayout | undefined = undefined,
): Layout | undefined {
  const input = useMemo(() => layoutInputOf(scene), [scene]);
  const structure = useMemo(() => JSON.stringify(input), [input]);
  const inputRef = useRef(input);
  inputRef.current = input;
  const [state, setState] = useState<{ key: string; layout: Layout }>();

  useEffect(() => {
    let isCurrent = true;
    const old = remembered.get(layoutKey);
    const kept = old && keepLayout(old, inputRef.current);
    const accept = (layout: Layout) => {
      remembered.set(layoutKey, layout);
      setState({ key: layoutKey, layout });
    };
    if (kept) {
      accept(kept);
    } else {
      computeLayout(
        inputRef.current,
        layered ?? workerLayout(),
        (old?.revision ?? 0) + 1,
      ).then(layout => isCurrent && accept(layout));
    }
    return () => {
      isCurrent = false;
    };
  }, [structure, layoutKey, layered]);

  return state?.key === layoutKey ? state.layout : undefined;
}
