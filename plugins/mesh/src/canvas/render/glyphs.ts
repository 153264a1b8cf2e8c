import type { HealthState } from '@orrery/backstage-plugin-orrery-common';
import type { ComparisonMark } from '../scene/types';

/** Health is never told by colour alone. */
export const HEALTH_GLYPHS: Record<HealthState, string> = {
  failing: '✕',
  degraded: '!',
  unknown: '?',
  healthy: '',
  idle: '',
};

/** Neither is a difference from another moment. */
export const COMPARISON_GLYPHS: Record<ComparisonMark, string> = {
  added: '+',
  gone: '−',
  faster: '⇡',
  slower: '⇣',
  'more-errors': '▲',
  'fewer-errors': '▼',
};
