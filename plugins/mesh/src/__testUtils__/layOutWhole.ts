import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import ELK from 'elkjs/lib/elk.bundled.js';
import { createElkLayout } from '../canvas/layout/elkLayout';
import { LayoutKeeper } from '../canvas/layout/LayoutKeeper';
import { viewSteps } from '../canvas/levels';
import { runWhole } from '../canvas/slices';

/**
 * Everything that is done until a graph with all boxes open has its final
 * places, in one thread.
 *
 * @returns how many marks have one
 */
export async function layOutWhole(graph: MeshGraph): Promise<number> {
  const keeper = new LayoutKeeper(createElkLayout(new ELK()));
  const view = runWhole(viewSteps(graph, { depth: 'workload', except: [] }));
  const { signal } = new AbortController();
  do {
    runWhole(keeper.layoutSteps(view, new Map()));
  } while (await keeper.refine(signal));
  return runWhole(keeper.layoutSteps(view, new Map())).marks.size;
}
