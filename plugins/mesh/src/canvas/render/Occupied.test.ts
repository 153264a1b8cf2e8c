import { syntheticGraph } from '../../__testUtils__/syntheticGraph';
import { viewSteps } from '../levels';
import { sceneSteps } from '../scene/buildScene';
import { runWhole } from '../slices';
import { Occupied } from './Occupied';

describe('room for labels', () => {
  const scene = runWhole(
    sceneSteps(
      runWhole(viewSteps(syntheticGraph(1), { depth: 'workload', except: [] })),
    ),
  );
  const [id] = scene.marks.keys();
  const layout = {
    marks: new Map([[id, { x: 0, y: 0 }]]),
    boxes: new Map(),
    revision: 1,
  };
  const label = { width: 60, height: 15 };

  it('is not given twice, nor on marks', () => {
    const room = new Occupied({ scene, layout, scale: 1 });
    expect(room.take({ x: 0, y: 10 }, label)).toBe(false);
    expect(room.take({ x: 300, y: 0 }, label)).toBe(true);
    expect(room.take({ x: 320, y: 4 }, label)).toBe(false);
    expect(room.take({ x: 320, y: 40 }, label)).toBe(true);
    expect(room.take({ x: 400, y: 0 }, label)).toBe(true);
  });

  it('is scarcer from far away, where letters take more of the world', () => {
    const room = new Occupied({ scene, layout, scale: 0.5 });
    expect(room.take({ x: 300, y: 0 }, label)).toBe(true);
    expect(room.take({ x: 400, y: 0 }, label)).toBe(false);
  });
});
