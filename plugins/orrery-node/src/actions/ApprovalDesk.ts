import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  parseWith,
  type ActionRunRequest,
  type Activity,
  type ApprovalDecision,
} from '@orrery/backstage-plugin-orrery-common';
import type { ActivityLog, ApprovalRequest } from '../activity';
import type { ActionAuthority } from './ActionAuthority';
import type { ActionExecution } from './ActionExecution';
import { actorOf } from './actorOf';
import type { ActionCaller } from './ActionRunner';
import { consentedBy } from './consentRules';
import { refuseUnlessSecond, refuseUnlessWaiting } from './approvalRules';
import type { ActionDefinition, PreviewDraft } from './types';

const HOUR_MILLISECONDS = 3_600_000;
const NOT_THEIRS = new Set([
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
]);

/** Writes that wait for a second person. */
export class ApprovalDesk {
  readonly #options: {
    pluginId: string;
    expiryHours: number;
    activityLog: ActivityLog;
    authority: ActionAuthority;
    execution: ActionExecution;
    find: (name: string) => ActionDefinition;
    now: () => Date;
  };

  constructor(options: {
    pluginId: string;
    expiryHours: number;
    activityLog: ActivityLog;
    authority: ActionAuthority;
    execution: ActionExecution;
    find: (name: string) => ActionDefinition;
    now?: () => Date;
  }) {
    this.#options = { now: () => new Date(), ...options };
  }

  /**
   * The second person who consented to this already, with all that it is a
   * part of.
   *
   * @param id - the activity that the request names as its consent
   * @returns undefined where that is no consent to this by this actor
   */
  async consent(
    id: string,
    actor: string,
    target: string,
  ): Promise<string | undefined> {
    const { activityLog, expiryHours, now } = this.#options;
    const asked = await activityLog.readRequest(id);
    return (
      asked &&
      consentedBy(asked.activity, { actor, target, expiryHours, now: now() })
    );
  }

  /** Records what is wanted; nothing is written to the cluster. */
  async ask(
    action: ActionDefinition,
    input: unknown,
    request: ActionRunRequest,
    preview: PreviewDraft,
    caller: ActionCaller,
  ): Promise<Activity> {
    const { activityLog, execution, expiryHours, now, pluginId } =
      this.#options;
    const until = new Date(now().getTime() + expiryHours * HOUR_MILLISECONDS);
    return execution.audited(
      {
        eventId: `${action.name}-approval-request`,
        request: caller.request,
        meta: { target: preview.target, reason: request.reason },
      },
      async () => {
        const { activity } = await activityLog.ask({
          actor: actorOf(caller.credentials),
          action: action.name,
          target: preview.target,
          reason: request.reason,
          summary: preview.summary,
          before: preview.before,
          after: preview.after,
          message: 'Waits for a second person to approve it',
          undo: action.undo(input),
          idempotencyKey: request.idempotencyKey,
          plugin: pluginId,
          input,
          resourceVersion: preview.resourceVersion,
          neededUntil: until.toISOString(),
        });
        return { result: activity };
      },
    );
  }

  /** Makes the change that another person asked for, in their name. */
  async approve(
    id: string,
    reason: string,
    caller: ActionCaller,
  ): Promise<Partial<Activity>> {
    const { authority, execution, find } = this.#options;
    const asked = await this.#readWaiting(id);
    const { activity } = asked;
    const approver = refuseUnlessSecond(activity, caller, 'approve');
    const action = find(activity.action);
    const input = parseWith(action.input, asked.input, 'input');
    const target = action.target(input);
    await authority.authorize(action.permission, target, caller.credentials);
    await authority.authorizeGrant(target, caller.credentials);
    const preview = await this.#previewAgain(asked, action, input, approver);
    return execution.audited(
      {
        eventId: action.name,
        request: caller.request,
        meta: {
          target,
          reason: activity.reason,
          requestedBy: activity.actor,
          approver,
        },
      },
      async () => {
        const row = await this.#decide(id, 'approved', approver, reason, {
          message: `Approved by ${approver}`,
        });
        const result = await execution.carryOut(
          action,
          input,
          {
            resourceVersion: preview.resourceVersion,
            actor: activity.actor,
            reason: activity.reason,
            approver,
          },
          row,
        );
        return { result };
      },
    );
  }

  /** Of these requests, those that the caller may approve. */
  async decidable(
    ids: readonly string[],
    caller: ActionCaller,
  ): Promise<string[]> {
    const { authority, find } = this.#options;
    const answers = await Promise.all(
      ids.map(async id => {
        try {
          const { activity } = await this.#readWaiting(id);
          refuseUnlessSecond(activity, caller, 'approve');
          const { permission } = find(activity.action);
          await authority.authorize(
            permission,
            activity.target,
            caller.credentials,
          );
          await authority.authorizeGrant(activity.target, caller.credentials);
          return [id];
        } catch (error) {
          // Refused, decided meanwhile or of another plugin: not theirs to decide.
          if (error instanceof Error && NOT_THEIRS.has(error.name)) {
            return [];
          }
          throw error;
        }
      }),
    );
    return answers.flat();
  }

  /** Ends a request of another person without making the change. */
  async reject(
    id: string,
    reason: string,
    caller: ActionCaller,
  ): Promise<Activity> {
    const { activity } = await this.#readWaiting(id);
    const actor = refuseUnlessSecond(activity, caller, 'reject');
    await this.#options.authority.authorizeGrant(
      activity.target,
      caller.credentials,
    );
    return this.#close(activity, 'rejected', actor, reason, caller);
  }

  /** Takes one's own request back. */
  async withdraw(
    id: string,
    reason: string,
    caller: ActionCaller,
  ): Promise<Activity> {
    const { activity } = await this.#readWaiting(id);
    const actor = actorOf(caller.credentials);
    if (actor !== activity.actor) {
      throw new NotAllowedError(
        `Only ${activity.actor}, who asked for it, may withdraw this request`,
      );
    }
    return this.#close(activity, 'withdrawn', actor, reason, caller);
  }

  async #close(
    activity: Activity,
    decision: 'rejected' | 'withdrawn',
    actor: string,
    reason: string,
    caller: ActionCaller,
  ): Promise<Activity> {
    return this.#options.execution.audited(
      {
        eventId: `${activity.action}-approval-${decision}`,
        request: caller.request,
        meta: { target: activity.target, reason, requestedBy: activity.actor },
      },
      async () => ({
        result: await this.#decide(activity.id, decision, actor, reason, {
          message: `${
            decision === 'rejected' ? 'Rejected' : 'Withdrawn'
          } by ${actor}: ${reason}`,
        }),
      }),
    );
  }

  async #readWaiting(id: string): Promise<ApprovalRequest> {
    const { activityLog, pluginId } = this.#options;
    const asked = await activityLog.readRequest(id);
    if (!asked || asked.activity.approval?.plugin !== pluginId) {
      throw new NotFoundError(
        `No request ${JSON.stringify(id)} for an approval in ${pluginId}`,
      );
    }
    refuseUnlessWaiting(asked.activity);
    return asked;
  }

  /**
   * What the requester saw must still be what is there. Versions alone cannot
   * tell: the status of a live object moves them all day long.
   */
  async #previewAgain(
    { activity, resourceVersion }: ApprovalRequest,
    action: ActionDefinition,
    input: unknown,
    approver: string,
  ): Promise<PreviewDraft> {
    let change: string;
    try {
      const preview = await action.preview(input);
      if (
        preview.resourceVersion === resourceVersion ||
        preview.before === activity.before
      ) {
        return preview;
      }
      change = 'the target has changed since';
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NotFoundError') {
        throw error;
      }
      change = `the target is gone: ${error.message}`;
    }
    const message = `Expired, for ${change}: ask for it again`;
    await this.#decide(activity.id, 'expired', approver, change, { message });
    throw new ConflictError(
      `This request cannot be approved, for ${change}. It has expired; it can be asked for again`,
    );
  }

  /** @throws ConflictError for whoever was not the first */
  async #decide(
    id: string,
    decision: ApprovalDecision,
    decidedBy: string,
    decisionReason: string,
    { message }: { message: string },
  ): Promise<Activity> {
    const verdict = { decision, decidedBy, decisionReason, message };
    const outcome = await this.#options.activityLog.decide(id, verdict);
    if (!outcome) {
      throw new NotFoundError(`No request ${JSON.stringify(id)}`);
    }
    if (!outcome.decided) {
      refuseUnlessWaiting(outcome.activity);
      throw new ConflictError('This request was decided by someone else');
    }
    return outcome.activity;
  }
}
