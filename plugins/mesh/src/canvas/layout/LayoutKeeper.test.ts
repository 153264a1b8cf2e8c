import { syntheticGraph } from '../../__testUtils__/syntheticGraph';
import { viewSteps } from '../levels';
import { runWhole } from '../slices';
import { LayoutKeeper } from './LayoutKeeper';
import { layeredLayout } from './layeredLayout';
import type { LayeredLayout } from './types';

const NO_PINS = new Map<string, { x: number; y: number }>();
const viewOfGraph = (nodes: number, seed: number) =>
  runWhole(
    viewSteps(syntheticGraph(nodes, seed), { depth: 'workload', except: [] }),
  );
const signal = () => new AbortController().signal;

/** The hurried layout in exactly the shape of a screen, which reads better. */
const careful: LayeredLayout = async graph => {
  const corners = [...layeredLayout(graph)];
  const [{ width, height }] = graph.nodes;
  const right = Math.max(...corners.map(([, { x }]) => x)) + width;
  const low = Math.max(...corners.map(([, { y }]) => y));
  const stretch = low > 0 ? (right / 1.7 - height) / low : 1;
  return new Map(corners.map(([id, { x, y }]) => [id, { x, y: y * stretch }]));
};

/** Everything in one row, in the order of the names. */
const careless: LayeredLayout = async ({ nodes }) =>
  new Map(nodes.map(({ id }, index) => [id, { x: index * 4000, y: 0 }]));

describe('LayoutKeeper', () => {
  it('gives the same layout while only rates change', async () => {
    const keeper = new LayoutKeeper(careful);
    const layout = () =>
      runWhole(keeper.layoutSteps(viewOfGraph(40, 21), NO_PINS));
    const first = layout();
    expect(layout()).toBe(first);
    expect(keeper.isSettled).toBe(false);
  });

  it('takes up what a worker finds until nothing is left to find', async () => {
    const keeper = new LayoutKeeper(careful);
    const view = viewOfGraph(40, 22);
    const hurried = runWhole(keeper.layoutSteps(view, NO_PINS));
    let layout = hurried;
    while (await keeper.refine(signal())) {
      layout = runWhole(keeper.layoutSteps(view, NO_PINS));
    }
    expect(keeper.isSettled).toBe(true);
    expect(layout.revision).toBeGreaterThan(hurried.revision);
    expect([...layout.marks]).not.toEqual([...hurried.marks]);
  });

  it('does not take up what reads worse', async () => {
    const keeper = new LayoutKeeper(careless);
    const view = viewOfGraph(40, 26);
    const hurried = runWhole(keeper.layoutSteps(view, NO_PINS));
    let layout = hurried;
    while (await keeper.refine(signal())) {
      layout = runWhole(keeper.layoutSteps(view, NO_PINS));
    }
    expect([...layout.marks]).toEqual([...hurried.marks]);
  });

  it('still takes it up when the viewer moves something meanwhile', async () => {
    const keeper = new LayoutKeeper(careful);
    const view = viewOfGraph(40, 23);
    runWhole(keeper.layoutSteps(view, NO_PINS));
    const pins = new Map([[view.marks[0].id, { x: 5, y: 5 }]]);
    runWhole(keeper.layoutSteps(view, pins));
    expect(keeper.isSettled).toBe(false);
    await expect(keeper.refine(signal())).resolves.toBe(true);
  });

  it('stays with what it has when the worker fails', async () => {
    const keeper = new LayoutKeeper(() =>
      Promise.reject(new Error('no worker')),
    );
    const view = viewOfGraph(40, 24);
    const hurried = runWhole(keeper.layoutSteps(view, NO_PINS));
    let rounds = 0;
    while ((await keeper.refine(signal())) && rounds < 5) {
      rounds += 1;
      runWhole(keeper.layoutSteps(view, NO_PINS));
    }
    expect(rounds).toBeLessThan(5);
    expect(keeper.isSettled).toBe(true);
    const last = runWhole(keeper.layoutSteps(view, NO_PINS));
    expect([...last.marks]).toEqual([...hurried.marks]);
    expect(last.revision).toBe(hurried.revision);
  });

  it('knows a place in the coordinates of its box, and forgets all when told', () => {
    const keeper = new LayoutKeeper(careful);
    const view = viewOfGraph(40, 25);
    const first = runWhole(keeper.layoutSteps(view, NO_PINS));
    const [{ id }] = view.marks;
    const now = first.marks.get(id) ?? { x: NaN, y: NaN };
    const local = keeper.localPlace(id, now);
    const moved = keeper.localPlace(id, { x: now.x + 7, y: now.y });
    expect(moved).toEqual({ x: local.x + 7, y: local.y });
    const pinned = runWhole(keeper.layoutSteps(view, new Map([[id, moved]])));
    expect(pinned.marks.get(id)).toEqual({ x: now.x + 7, y: now.y });
    keeper.forget();
    const anew = runWhole(keeper.layoutSteps(view, NO_PINS));
    expect(anew.marks.get(id)).toEqual(now);
  });
});
