import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';

/** Something about a canary that its owners want to hear of. */
export type CanaryNotice = {
  /** Equal for as long as there is nothing else to tell. */
  key: string;
  title: string;
  severity: 'high' | 'normal';
  /** True where it goes on only when somebody does something. */
  needsSomeone: boolean;
};

/**
 * What owners are told of a canary as it is now: that it waits for them, went
 * back, or is done. Undefined while it needs nobody and is under way.
 */
export function canaryNotice(canary: CanarySummary): CanaryNotice | undefined {
  const { app, canaryVersion, phase, waitsFor, changedAt, stepIndex } = canary;
  const version = canaryVersion ?? canary.stableVersion;
  const moment = `${changedAt ?? ''} ${version} ${stepIndex ?? ''}`;
  if (waitsFor?.for === 'approval') {
    return {
      key: `waits ${moment}`,
      title: `${app} ${version} waits for an approval`,
      severity: 'normal',
      needsSomeone: true,
    };
  }
  switch (phase) {
    case 'Aborted':
      return {
        key: `aborted ${moment}`,
        title: `${app} ${version} was aborted`,
        severity: 'high',
        needsSomeone: true,
      };
    case 'Failed':
      return {
        key: `failed ${moment}`,
        title: `${app} ${version} needs someone to look`,
        severity: 'high',
        needsSomeone: true,
      };
    case 'Done':
      return {
        // Not the moment: what is done changes on, by restarts of its pods.
        key: `done ${version} ${canary.startedAt ?? ''}`,
        title: `${app} ${version} has all traffic`,
        severity: 'normal',
        needsSomeone: false,
      };
    default:
      return undefined;
  }
}
