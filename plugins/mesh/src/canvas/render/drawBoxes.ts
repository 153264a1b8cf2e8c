import type { Steps } from '../slices';
import type { Box, Rectangle } from '../scene/types';
import { HEALTH_GLYPHS } from './glyphs';
import { touches, type Frame } from './types';

const RADIUS = 10;
const NAME_SIZE = 13;

/** From further away names are written over what is in the boxes. */
const NAMES_INSIDE_FROM = 0.38;

/** Open boxes: a quiet frame with name, health and count. */
export function* boxSteps(frame: Frame): Steps<void> {
  for (const [box, rectangle] of boxesInView(frame)) {
    drawBox(frame, box, rectangle);
    if (frame.scale >= NAMES_INSIDE_FROM) {
      drawName(frame, box, rectangle);
    }
    yield;
  }
}

/** Names of open boxes that must be larger than the room for them. */
export function* boxNameSteps(frame: Frame): Steps<void> {
  if (frame.scale < NAMES_INSIDE_FROM) {
    for (const [box, rectangle] of boxesInView(frame)) {
      drawName(frame, box, rectangle);
      yield;
    }
  }
}

function* boxesInView({
  layout,
  scene,
  view,
}: Frame): Generator<readonly [Box, Rectangle]> {
  for (const [id, rectangle] of layout.boxes) {
    const box = scene.boxes.get(id);
    if (box && touches(view, rectangle)) {
      yield [box, rectangle];
    }
  }
}

function drawBox(frame: Frame, box: Box, at: Rectangle): void {
  const { context, palette, scale } = frame;
  const { health, group } = box.state;
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
}

function drawName(frame: Frame, box: Box, at: Rectangle): void {
  const { context, palette, scale, words } = frame;
  const { state, label } = box;
  const { health } = state;
  // Names stay readable when the whole mesh is in view.
  const size = Math.max(NAME_SIZE, Math.min(NAME_SIZE / scale, at.width / 8));
  // A halo keeps them readable over what is in the box.
  const isOver = scale < NAMES_INSIDE_FROM;
  context.globalAlpha = 1;
  context.lineJoin = 'round';
  context.lineWidth = size / 3;
  const write = (text: string, x: number, y: number, colour: string) => {
    if (isOver) {
      context.strokeStyle = palette.boxFill;
      context.strokeText(text, x, y);
    }
    context.fillStyle = colour;
    context.fillText(text, x, y);
  };
  const glyph = HEALTH_GLYPHS[health];
  context.font = `600 ${size}px ${palette.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const left = at.x + 14;
  const baseline = at.y + size + 9;
  write(glyph, left, baseline, palette.health[health].text);
  const offset = glyph ? size * 1.2 : 0;
  const title = label || words.outside;
  write(title, left + offset, baseline, palette.text);
  const width = context.measureText(title).width;
  const rate = state.total.requestsPerSecond;
  const about = [
    String(state.nodes),
    state.failing > 0 ? `✕${state.failing}` : '',
    rate === undefined ? '' : words.format.rate(rate),
  ]
    .filter(Boolean)
    .join(' · ');
  const start = left + offset + width + size * 0.7;
  context.font = `${size * 0.85}px ${palette.font}`;
  if (start + context.measureText(about).width < at.x + at.width - 28) {
    write(about, start, baseline, palette.textSoft);
  }
}
