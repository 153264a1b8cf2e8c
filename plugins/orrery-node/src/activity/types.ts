import type {
  Activity,
  ApprovalDecision,
} from '@orrery/backstage-plugin-orrery-common';

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

/** What a second person is asked for. @public */
export type ApprovalStart = ActivityStart & {
  /** Plugin whose action it is. */
  plugin: string;
  input: unknown;
  /** The version that was previewed. */
  resourceVersion: string;
  /** RFC 3339. */
  neededUntil: string;
};

/** A row that needed a second person, with what it takes to run it. @public */
export type ApprovalRequest = {
  activity: Activity;
  input: unknown;
  resourceVersion: string;
};

/** @public */
export type ApprovalVerdict = {
  decision: ApprovalDecision;
  decidedBy: string;
  decisionReason: string;
  /** What the row says from then on. */
  message: string;
};

/** How it goes on. @public */
export type ActivityProgress = {
  state: 'running' | 'succeeded' | 'failed';
  message: string;
};

/**
 * Who did what, why, and how it ended. Starting and updating never fail an
 * action: where the log cannot be reached, the auditor's event remains. What
 * waits for a second person lives nowhere else, so the other methods throw.
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
  /**
   * Opens a row that waits for a second person; nothing was written yet.
   *
   * @throws ServiceUnavailableError when the log cannot be reached
   */
  ask(
    request: ApprovalStart,
  ): Promise<{ activity: Activity; created: boolean }>;
  /**
   * @returns undefined when there is no such row, or none that needed a second
   *   person
   * @throws ServiceUnavailableError when the log cannot be reached
   */
  readRequest(id: string): Promise<ApprovalRequest | undefined>;
  /**
   * Decides a waiting row, once: of two that try, one finds `decided` false and
   * the row as the other one left it.
   *
   * @returns undefined when there is no such row
   * @throws ServiceUnavailableError when the log cannot be reached
   */
  decide(
    id: string,
    verdict: ApprovalVerdict,
  ): Promise<{ activity: Activity; decided: boolean } | undefined>;
}
