import { HEALTH_GLYPHS } from './glyphs';
import { isInView, type Frame } from './types';

const RADIUS = 10;

/** Namespaces: a quiet frame with name, health and count. */
export function drawBoxes(frame: Frame): void {
  const { context, scene, layout, palette, scale, view } = frame;
  for (const [id, box] of layout.boxes) {
    const about = scene.boxes.get(id);
    const reach = Math.max(box.width, box.height) / 2;
    const inView = isInView(
      view,
      box.x + box.width / 2,
      box.y + box.height / 2,
      reach,
    );
    if (!about || !inView) {
      continue;
    }
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, RADIUS);
    context.fillStyle = palette.boxFill;
    context.globalAlpha = 0.7;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1 / Math.min(1, scale);
    context.strokeStyle =
      about.health === 'failing' ? palette.health.failing.line : palette.border;
    context.stroke();
    // Names stay readable when the whole mesh is in view.
    const size = Math.max(13, Math.min(13 / scale, box.width / 8));
    const glyph = HEALTH_GLYPHS[about.health];
    context.font = `600 ${size}px ${palette.font}`;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    const left = box.x + 14;
    const baseline = box.y + size + 8;
    context.fillStyle = palette.health[about.health].text;
    context.fillText(glyph, left, baseline);
    const offset = glyph ? size * 1.2 : 0;
    context.fillStyle = palette.text;
    context.fillText(about.label, left + offset, baseline);
    const width = context.measureText(about.label).width;
    context.font = `${size * 0.85}px ${palette.font}`;
    context.fillStyle = palette.textSoft;
    context.fillText(
      String(about.count),
      left + offset + width + size * 0.6,
      baseline,
    );
  }
}
