import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { LayoutKeeper } from '../layout/LayoutKeeper';
import type { LayeredLayout, Layout } from '../layout/types';
import { workerLayout } from '../layout/workerLayout';
import {
  chooseDepth,
  countMarks,
  hierarchySteps,
  MOST_MARKS,
  viewSteps,
  type Depth,
  type Hierarchy,
  type Levels,
  type ViewGraph,
} from '../levels';
import { sceneSteps } from '../scene/buildScene';
import type { MarksOf } from '../scene/comparisons';
import type { Point, Scene } from '../scene/types';
import { runSliced, type Steps } from '../slices';

const SLICE_MILLISECONDS = 8;
/** Until there is a picture, it is all that is waited for. */
const FIRST_SLICE_MILLISECONDS = 24;
/** A mesh that grows a little past the limit does not close under the reader. */
const SLACK = 1.15;

/** What is shown, all of one moment. */
export type MeshScene = {
  view: ViewGraph;
  scene: Scene;
  layout: Layout;
  levels: Levels;
  /** False while a better layout is being looked for. */
  isSettled: boolean;
};

type Options = {
  graph: MeshGraph;
  /** Undefined leaves the choice to us. */
  levels: Levels | undefined;
  layoutKey: string;
  pins: ReadonlyMap<string, Point>;
  marksOf: MarksOf | undefined;
  layered?: LayeredLayout;
};

/** Layouts of this visit, so that coming back finds everything in its place. */
const keepers = new Map<string, LayoutKeeper>();

/** Same depth as before as long as it is not far too deep. */
function depthFor(
  hierarchy: Hierarchy,
  nodes: number,
  before: Depth | undefined,
): Depth {
  return before && countMarks(hierarchy, nodes)[before] <= MOST_MARKS * SLACK
    ? before
    : chooseDepth(hierarchy, nodes);
}

/**
 * From a graph to what is drawn. All of it is done in slices of a few
 * milliseconds, so that a large mesh can change while someone pans it.
 */
export function useMeshScene(options: Options): {
  shown: MeshScene | undefined;
  /** Forgets where things are. */
  reset: () => void;
  /** A place in the world as it is kept for a mark. */
  localPlace: (id: string, world: Point) => Point;
} {
  const { graph, levels, layoutKey, pins, marksOf, layered } = options;
  const [shown, setShown] = useState<MeshScene & { key: string }>();
  const [round, setRound] = useState(0);
  const depth = useRef<{ key: string; depth: Depth }>();

  useEffect(() => {
    const abort = new AbortController();
    const keeper = keeperOf(layoutKey, layered);
    function* build(): Steps<MeshScene> {
      const hierarchy = yield* hierarchySteps(graph.nodes);
      let wanted = levels;
      if (!wanted) {
        const before = depth.current;
        const chosen = depthFor(
          hierarchy,
          graph.nodes.length,
          before?.key === layoutKey ? before.depth : undefined,
        );
        depth.current = { key: layoutKey, depth: chosen };
        wanted = { depth: chosen, except: [] };
      }
      const view = yield* viewSteps(graph, wanted, hierarchy);
      const scene = yield* sceneSteps(view, marksOf);
      const layout = yield* keeper.layoutSteps(view, pins);
      return {
        view,
        scene,
        layout,
        levels: wanted,
        isSettled: keeper.isSettled,
      };
    }
    runSliced(build(), {
      signal: abort.signal,
      sliceMilliseconds: keeper.hasLayout
        ? SLICE_MILLISECONDS
        : FIRST_SLICE_MILLISECONDS,
    }).then(built => {
      if (!built || abort.signal.aborted) {
        return;
      }
      setShown({ ...built, key: layoutKey });
      keeper.refine(abort.signal).then(isBetter => {
        if (isBetter && !abort.signal.aborted) {
          setRound(count => count + 1);
        }
      });
    });
    return () => abort.abort();
  }, [graph, levels, layoutKey, pins, marksOf, layered, round]);

  const reset = useCallback(() => {
    keepers.get(layoutKey)?.forget();
    setRound(count => count + 1);
  }, [layoutKey]);
  const localPlace = useCallback(
    (id: string, world: Point) =>
      keepers.get(layoutKey)?.localPlace(id, world) ?? world,
    [layoutKey],
  );
  return {
    shown: shown?.key === layoutKey ? shown : undefined,
    reset,
    localPlace,
  };
}

function keeperOf(
  layoutKey: string,
  layered: LayeredLayout | undefined,
): LayoutKeeper {
  let keeper = keepers.get(layoutKey);
  if (!keeper) {
    keeper = new LayoutKeeper(layered ?? workerLayout());
    keepers.set(layoutKey, keeper);
  }
  return keeper;
}
