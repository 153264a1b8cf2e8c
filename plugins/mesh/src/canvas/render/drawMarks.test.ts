import { createFormat } from '@orrery/backstage-plugin-orrery-react';
import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import { recordingContext } from '../../__testUtils__/recordingContext';
import { viewSteps, type Levels } from '../levels';
import { Routes } from '../routes';
import { sceneSteps } from '../scene/buildScene';
import type { MarksOf } from '../scene/comparisons';
import type { Words } from '../scene/texts';
import type { ComparisonMark } from '../scene/types';
import { runWhole } from '../slices';
import { markSteps } from './drawMarks';
import { COMPARISON_GLYPHS } from './glyphs';
import type { Palette } from './palette';
import { traceHatching } from './shapes';
import type { Frame } from './types';

const family = (name: string) => ({
  fill: `${name}-fill`,
  line: `${name}-line`,
  text: `${name}-text`,
});
const PALETTE: Palette = {
  background: 'background',
  surface: 'surface',
  boxFill: 'box',
  border: 'border',
  borderStrong: 'border-strong',
  text: 'text',
  textSoft: 'soft',
  accent: 'accent',
  edge: 'edge',
  health: {
    failing: family('failing'),
    degraded: family('degraded'),
    healthy: family('healthy'),
    unknown: family('unknown'),
    idle: family('idle'),
  },
  font: 'sans-serif',
};
const WORDS: Words = {
  format: createFormat('en'),
  health: state => state,
  comparison: mark => mark,
  outside: 'Outside',
  nodes: count => `${count} nodes`,
  failing: count => `${count} failing`,
  degraded: count => `${count} degraded`,
  closed: 'closed',
  dead: 'dead',
  layer4: 'L4',
  mutualTls: share => share,
  edge: (source, target) => `${source} ${target}`,
  edges: count => `${count} edges`,
};
const COMPARISONS: readonly ComparisonMark[] = [
  'added',
  'gone',
  'faster',
  'slower',
  'more-errors',
  'fewer-errors',
];
const OPEN: Levels = { depth: 'workload', except: [] };

/** Draws one node, and a caller out of view so that it is not alone. */
function draw(
  subject: GraphNode,
  options: { scale?: number; levels?: Levels; marksOf?: MarksOf } = {},
) {
  const { scale = 1, levels = OPEN, marksOf } = options;
  const caller = node('other/caller', 'healthy');
  const graph = graphOf([caller, subject], [edge(caller, subject)]);
  const view = runWhole(viewSteps(graph, levels));
  const scene = runWhole(sceneSteps(view, marksOf));
  const id = view.markOf(subject.id);
  const layout = {
    marks: new Map([
      [id ?? '', { x: 0, y: 0 }],
      [caller.id, { x: 9_000, y: 0 }],
    ]),
    boxes: new Map(),
    revision: 1,
  };
  const recording = recordingContext();
  const frame: Frame = {
    context: recording.context,
    scene,
    layout,
    routes: new Routes(scene, layout),
    palette: PALETTE,
    words: WORDS,
    edgeLabel: 'rate',
    scale,
    view: { x: -400, y: -300, width: 800, height: 600 },
    selected: undefined,
    hovered: undefined,
    highlighted: undefined,
  };
  runWhole(markSteps(frame));
  return recording;
}

describe('markSteps', () => {
  it('draws only what is in view', () => {
    expect(draw(node('wealth/order', 'healthy')).texts()).toContain('order');
    expect(draw(node('wealth/order', 'healthy')).texts()).not.toContain(
      'caller',
    );
  });

  it('hatches what may not be seen, and judges it by no glyph', () => {
    const hidden = draw(
      node('wealth/hidden', 'failing', { kind: 'hidden', name: 'hidden' }),
    );
    const alone = recordingContext();
    traceHatching(alone.context, 0, 0);
    const lines = alone.drawn.filter(({ name }) => name === 'lineTo').length;
    expect(lines).toBeGreaterThan(2);
    const strokes = hidden.drawn.filter(
      ({ name, strokeStyle }) =>
        name === 'stroke' && strokeStyle === 'border-strong',
    );
    expect(strokes).toHaveLength(1);
    expect(hidden.texts()).not.toContain('✕');
    expect(draw(node('wealth/order', 'failing')).texts()).toContain('✕');
  });

  it('strikes through where traffic goes though nothing runs', () => {
    const struck = (overrides: Partial<GraphNode>) =>
      draw(node('wealth/order', 'healthy', overrides)).drawn.filter(
        ({ name, strokeStyle }) => name === 'stroke' && strokeStyle === 'text',
      ).length;
    expect(struck({ isDead: true })).toBe(1);
    expect(struck({})).toBe(0);
  });

  it('says L4 where bytes are all that is measured', () => {
    const overrides = {
      layer: 'l4',
    } satisfies Partial<GraphNode>;
    expect(draw(node('wealth/order', 'healthy', overrides)).texts()).toContain(
      'L4',
    );
    expect(draw(node('wealth/order', 'healthy')).texts()).not.toContain('L4');
  });

  it.each(COMPARISONS)('puts a badge on what is %s, open or closed', mark => {
    const subject = node('wealth/order', 'healthy');
    const glyph = COMPARISON_GLYPHS[mark];
    const marksOf: MarksOf = id => (id === subject.id ? mark : undefined);
    expect(draw(subject, { marksOf }).texts()).toContain(glyph);
    const levels: Levels = { depth: 'namespace', except: [] };
    expect(draw(subject, { marksOf, levels }).texts()).toContain(glyph);
    expect(draw(subject).texts()).not.toContain(glyph);
  });

  it('leaves out what could not be read from far away', () => {
    const far = draw(node('wealth/order', 'failing'), { scale: 0.2 });
    expect(far.texts()).toEqual([]);
    expect(far.drawn.filter(({ name }) => name === 'fill')).toHaveLength(1);
  });
});
