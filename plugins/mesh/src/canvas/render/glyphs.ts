import type { HealthState } from '@orrery/backstage-plugin-orrery-common';

/** Health is never told by colour alone. */
export const HEALTH_GLYPHS: Record<HealthState, string> = {
  failing: '✕',
  degraded: '!',
  unknown: '?',
  healthy: '',
  idle: '',
};
