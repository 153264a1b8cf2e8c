import type { Activity } from '@orrery/backstage-plugin-orrery-common';

/** What is known when an action starts. @public */
export type ActivityStart = Pick<
  Activity,
  | 'actor'
  | 'action'
  | 'target'
  | 'reason'
  | 'summary'
  | 'before'
  | 'after'
  | 'message'
  | 'undo'
> & {
  /** Equal keys of one actor make one row. */
  idempotencyKey: string;
};

/** How it goes on. @public */
export type ActivityProgress = Pick<Activity, 'state' | 'message'>;

/**
 * Who did what, why, and how it ended. Writing to it never fails an action:
 * where the log cannot be reached, the auditor's event remains.
 *
 * @public
 */
export interface ActivityLog {
  /**
   * Opens a row. `created` is false when the key was used before; the row is
   * then the first one's, and the action must not run again.
   *
   * @returns undefined when the log cannot be reached
   */
  start(
    activity: ActivityStart,
  ): Promise<{ activity: Activity; created: boolean } | undefined>;
  /** Records progress or the end of a row. */
  update(id: string, progress: ActivityProgress): Promise<void>;
}
