import type { TimeMarkKind } from '@orrery/backstage-plugin-orrery-common';

/** What flags show for each kind of mark, on charts and time lines. @public */
export const TIME_MARK_GLYPHS: Record<TimeMarkKind, string> = {
  deploy: '▲',
  canary: '◐',
  config: '✎',
  alarm: '!',
  restart: '↻',
  other: '•',
};
