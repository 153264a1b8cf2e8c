import type { Steps } from '../slices';
import type { Box, Rectangle } from '../scene/types';
import { HEALTH_GLYPHS } from './glyphs';
import { touches, type Frame } from './types';

const RADIUS = 10;
const NAME_SIZE = 13;

/** Open boxes: a quiet frame with name, health and count. */
export function* boxSteps(frame: Frame): Steps<void> {
  const { layout, scene, view } = frame;
  for (const [id, rectangle] of layout.boxes) {
    const box = scene.boxes.get(id);
    if (box && touches(view, rectangle)) {
      drawBox(frame, box, rectangle);
      yield;
    }
  }
}

function drawBox(frame: Frame, box: Box, at: Rectangle): void {
  const { context, palette, scale, words } = frame;
  const { state, label } = box;
  const { health, group } = state;
  context.beginPath();
  context.roundRect(at.x, at.y, at.width, at.height, RADIUS);
  context.fillStyle =
    group.level === 'cluster' ? palette.background : palette.boxFill;
  context.globalAlpha = 0.7;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1 / Math.min(1, scale);
  context.strokeStyle =
    health === 'failing' ? palette.health.failing.line : palette.border;
  context.setLineDash(group.level === 'app' ? [4, 3] : []);
  context.stroke();
  context.setLineDash([]);
  // Names stay readable when the whole mesh is in view.
  const size = Math.max(
    NAME_SIZE,
    Math.min(NAME_SIZE / scale, at.width / 8, 34),
  );
  const glyph = HEALTH_GLYPHS[health];
  context.font = `600 ${size}px ${palette.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const left = at.x + 14;
  const baseline = at.y + size + 9;
  context.fillStyle = palette.health[health].text;
  context.fillText(glyph, left, baseline);
  const offset = glyph ? size * 1.2 : 0;
  const title = label || words.outside;
  context.fillStyle = palette.text;
  context.fillText(title, left + offset, baseline);
  const width = context.measureText(title).width;
  const rate = state.inbound.requestsPerSecond;
  const about = [
    String(state.nodes),
    state.failing > 0 ? `✕ ${state.failing}` : '',
    rate === undefined ? '' : words.format.rate(rate),
  ]
    .filter(Boolean)
    .join(' · ');
  const start = left + offset + width + size * 0.7;
  context.font = `${size * 0.85}px ${palette.font}`;
  if (start + context.measureText(about).width < at.x + at.width - 28) {
    context.fillStyle = palette.textSoft;
    context.fillText(about, start, baseline);
  }
}
