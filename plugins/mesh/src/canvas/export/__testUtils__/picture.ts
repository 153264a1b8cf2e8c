import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { createFormat } from '@orrery/backstage-plugin-orrery-react';
import { arrange, placeAll } from '../../layout/arrange';
import { layoutInputSteps } from '../../layout/layoutInput';
import { viewSteps, type Levels } from '../../levels';
import { sceneSteps } from '../../scene/buildScene';
import type { MarksOf } from '../../scene/comparisons';
import type { Words } from '../../scene/texts';
import { runWhole } from '../../slices';
import type { Palette } from '../../render/palette';
import type { Caption, SharedSteps, ShownPicture } from '../types';

const family = { fill: '#eeeeee', line: '#777777', text: '#333333' };

const PALETTE: Palette = {
  background: '#fafafa',
  surface: '#ffffff',
  boxFill: '#f4f4f4',
  border: '#dddddd',
  borderStrong: '#bbbbbb',
  text: '#111111',
  textSoft: '#555555',
  accent: '#0055aa',
  edge: '#666666',
  health: {
    failing: { fill: '#ffdddd', line: '#aa0000', text: '#770000' },
    degraded: family,
    healthy: family,
    unknown: family,
    idle: family,
  },
  font: '"Open Sans", sans-serif',
};

export const WORDS: Words = {
  format: createFormat('en'),
  health: state => state,
  comparison: mark => mark,
  outside: 'Outside',
  nodes: count => `${count} nodes`,
  failing: count => `${count} failing`,
  degraded: count => `${count} degraded`,
  closed: 'closed box',
  dead: 'nothing runs there',
  layer4: 'L4 only',
  mutualTls: share => `mTLS on ${share}`,
  edge: (source, target) => `Edge from ${source} to ${target}`,
  edges: count => `${count} edges as one`,
};

export const CAPTION: Caption = {
  title: 'Mesh of <kepler> & "co"',
  subtitle: '2026-01-01 00:00:00 UTC · find: %error > 5',
  legend: 'Circle workload',
};

/** A graph as it would stand on the screen. */
export function pictureOf(
  graph: MeshGraph,
  levels: Levels = { depth: 'workload', except: [] },
  marksOf?: MarksOf,
): ShownPicture {
  const view = runWhole(viewSteps(graph, levels));
  const input = runWhole(layoutInputSteps(view));
  const { arrangement } = arrange(input, {
    refined: new Map(),
    pins: new Map(),
  });
  return {
    scene: runWhole(sceneSteps(view, marksOf)),
    layout: placeAll(input, arrangement, 1),
    levels,
    palette: PALETTE,
    words: WORDS,
    edgeLabel: 'rate',
    selected: undefined,
    highlighted: undefined,
  };
}

/** Runs all steps; what they told of their progress is told too. */
export function runToEnd<T>(steps: SharedSteps<T>): {
  value: T;
  shares: number[];
} {
  const shares: number[] = [];
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return { value: step.value, shares };
    }
    shares.push(step.value);
  }
}
