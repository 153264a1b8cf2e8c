import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';

/** Groups of the inbox, in the order in which one wants to see them. */
export const GROUPS = ['waiting', 'progressing', 'failed', 'finished'] as const;

/** @public */
export type CanaryGroup = (typeof GROUPS)[number];

function groupOf({ phase, waitsFor }: CanarySummary): CanaryGroup {
  switch (phase) {
    case 'Aborted':
    case 'Failed':
    case 'Unknown':
      return 'failed';
    case 'Done':
    case 'Idle':
      return 'finished';
    default:
      return waitsFor && ['approval', 'person', 'gate'].includes(waitsFor.for)
        ? 'waiting'
        : 'progressing';
  }
}

/** Canaries by what they need of people; those that wait longest come first. */
export function groupCanaries(
  canaries: readonly CanarySummary[],
): Record<CanaryGroup, CanarySummary[]> {
  const groups: Record<CanaryGroup, CanarySummary[]> = {
    waiting: [],
    progressing: [],
    failed: [],
    finished: [],
  };
  for (const canary of canaries) {
    groups[groupOf(canary)].push(canary);
  }
  const changed = ({ waitsFor, changedAt }: CanarySummary) =>
    waitsFor?.since ?? changedAt ?? '';
  groups.waiting.sort((left, right) =>
    changed(left).localeCompare(changed(right)),
  );
  for (const group of ['progressing', 'failed', 'finished'] as const) {
    groups[group].sort((left, right) =>
      changed(right).localeCompare(changed(left)),
    );
  }
  return groups;
}
