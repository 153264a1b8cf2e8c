import { describe } from '../scene/about';
import type { Scene } from '../scene/types';
import type { Words } from '../scene/texts';
import { drawCaption } from './drawCaption';
import { exportSteps } from './exportSteps';
import type { PreparedPicture } from './page';
import { SvgContext, type MeasureText } from './SvgContext';
import type { Caption, SharedSteps } from './types';
import { xmlAttributes, xmlText } from './xmlText';

/** What to say about each part, by its id. */
function describer(scene: Scene, words: Words): (id: string) => string {
  const links = new Map(scene.links.map(link => [link.id, link]));
  return id => {
    const link = links.get(id);
    return describe({ ...scene, links: link ? [link] : [] }, id, words);
  };
}

/**
 * A picture as an SVG document, drawn by what draws the screen. Each mark and
 * each line is a group with a title; all names are texts or attributes, never
 * markup.
 *
 * @param measure - widths of texts, where the picture would be shown
 */
export function* svgSteps(
  { page, frame }: PreparedPicture,
  caption: Caption,
  measure: MeasureText,
): SharedSteps<string> {
  const { x, y, width, height } = page.bounds;
  const { palette, scene, words } = frame;
  const context = new SvgContext(measure);
  const describePart = describer(scene, words);
  context.openGroup({ class: 'caption' });
  drawCaption(context, page, caption, palette);
  context.closeGroup();
  yield* exportSteps(
    { ...frame, context },
    {
      open: kind => context.openGroup({ class: kind }),
      openPart: (kind, id) =>
        context.openGroup(
          { class: kind, [`data-${kind}`]: id },
          describePart(id),
        ),
      close: () => context.closeGroup(),
    },
  );
  const root = xmlAttributes({
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: [x, y, width, height].join(' '),
    role: 'img',
    'aria-labelledby': 'mesh-title mesh-description',
    'font-family': palette.font,
  });
  const ground = xmlAttributes({
    x,
    y,
    width,
    height,
    fill: palette.background,
  });
  const description = [caption.subtitle, caption.legend].join('. ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg${root}>`,
    `<title id="mesh-title">${xmlText(caption.title)}</title>`,
    `<desc id="mesh-description">${xmlText(description)}</desc>`,
    `<rect${ground}/>`,
    String(context),
    '</svg>',
    '',
  ].join('\n');
}
