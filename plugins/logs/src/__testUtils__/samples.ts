import type { LogLine } from '@orrery/backstage-plugin-logs-common';

/** A line, with what a test cares for. */
export function lineOf(part: Partial<LogLine> = {}): LogLine {
  return {
    id: '1',
    at: '2026-11-26T10:00:00.000Z',
    level: 'info',
    text: 'started',
    cluster: 'kepler',
    namespace: 'wealth',
    app: 'order',
    pod: 'order-1',
    container: 'order',
    fields: { 'log.level': 'INFO', 'kubernetes.labels.app': 'order' },
    ...part,
  };
}

/** Provenance of an answer in which all is well. */
export const fine = {
  sources: [{ name: 'kepler/logs', state: 'ok' as const }],
  warnings: [],
};
