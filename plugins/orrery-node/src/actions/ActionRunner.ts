import type {
  AuditorService,
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  parseWith,
  type ActionPreview,
  type ActionRunRequest,
  type Activity,
  type ApprovalPermissions,
  type PermittedAnswer,
  type PermittedQuestion,
} from '@orrery/backstage-plugin-orrery-common';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import type { ActivityLog } from '../activity';
import type { TargetAuthority } from '../authority';
import { ActionAuthority } from './ActionAuthority';
import { ActionExecution } from './ActionExecution';
import { actorOf } from './actorOf';
import { ApprovalDesk } from './ApprovalDesk';
import { refuseUnlessCurrent, refuseUnlessTyped } from './runRules';
import type { ActionDefinition } from './types';

const REMEMBERED_RUNS = 1000;
const READ_ONLY =
  'Orrery is read-only: orrery.readOnly is true in its configuration';

/** @public */
export type ActionRunnerOptions = {
  /** The plugin that the actions belong to. */
  pluginId: string;
  actions: readonly ActionDefinition[];
  activityLog: ActivityLog;
  auditor: AuditorService;
  logger: LoggerService;
  permissions: PermissionsService;
  /** Knows whose targets are; refusals say it where it is present. */
  authority?: TargetAuthority;
  /** Permissions about second persons; without them nobody needs one. */
  approvals?: ApprovalPermissions;
  /** Hours after which a write that nobody approved expires; 24 where absent. */
  approvalExpiryHours?: number;
  /** True refuses every run and approval, by configuration. */
  readOnly: boolean;
};

/** Who asks, and through which request. @public */
export type ActionCaller = {
  credentials: BackstageCredentials;
  request?: Request;
};

/**
 * Previews and runs actions: permission on the target, a second person where
 * one is needed, precondition, audit event, one row in the activity log,
 * verification. No route can leave one of them out.
 *
 * @public
 */
export class ActionRunner {
  readonly #options: ActionRunnerOptions;
  readonly #actions: Map<string, ActionDefinition>;
  readonly #authority: ActionAuthority;
  readonly #execution: ActionExecution;
  readonly #desk: ApprovalDesk;
  /**
   * Runs by actor and key. The log knows them too, but a repeated request
   * must be told from a conflict: by then the run itself has changed the
   * target's version.
   */
  readonly #runs = new LRUCache<string, Promise<Partial<Activity>>>({
    max: REMEMBERED_RUNS,
  });

  constructor(options: ActionRunnerOptions) {
    this.#options = options;
    this.#actions = new Map(
      options.actions.map(action => [action.name, action]),
    );
    this.#authority = new ActionAuthority(options);
    this.#execution = new ActionExecution(options);
    this.#desk = new ApprovalDesk({
      pluginId: options.pluginId,
      expiryHours: options.approvalExpiryHours ?? 24,
      activityLog: options.activityLog,
      authority: this.#authority,
      execution: this.#execution,
      find: name => this.#find(name),
    });
  }

  /** All that can be done, in the order of their registration. */
  get actions(): readonly ActionDefinition[] {
    return this.#options.actions;
  }

  async preview(
    name: string,
    rawInput: unknown,
    { credentials }: ActionCaller,
  ): Promise<ActionPreview> {
    const action = this.#find(name);
    const input = parseWith(action.input, rawInput, 'input');
    const target = action.target(input);
    await this.#authority.authorize(action.permission, target, credentials);
    const [draft, needsApproval] = await Promise.all([
      action.preview(input),
      this.#authority.needsApproval(action, target, credentials),
    ]);
    return { action: name, ...draft, needsApproval };
  }

  /**
   * Runs an action and answers with its row as soon as the change is made;
   * verification goes on and updates the row. Where a second person is needed,
   * nothing is changed and the row is `waiting`.
   */
  async run(
    name: string,
    request: ActionRunRequest,
    caller: ActionCaller,
  ): Promise<Partial<Activity>> {
    const action = this.#find(name);
    const input = parseWith(action.input, request.input, 'input');
    this.#refuseIfReadOnly();
    const target = action.target(input);
    const { credentials } = caller;
    await this.#authority.authorize(action.permission, target, credentials);
    const key = `${actorOf(credentials)} ${request.idempotencyKey}`;
    const repeated = this.#runs.get(key);
    if (repeated) {
      return repeated;
    }
    const running = this.#runOnce(action, input, request, caller);
    this.#runs.set(key, running);
    try {
      return await running;
    } catch (error) {
      this.#runs.delete(key);
      throw error;
    }
  }

  /** Tells of each question whether the caller may do it; never refuses. */
  async permitted(
    questions: readonly PermittedQuestion[],
    { credentials }: ActionCaller,
  ): Promise<PermittedAnswer[]> {
    const answers = questions.map(question => this.#prepare(question));
    const asked = answers.flatMap(answer => ('action' in answer ? answer : []));
    const decided = await this.#authority.answer(asked, credentials);
    const byQuestion = new Map(
      asked.map((question, index) => [question, decided[index]]),
    );
    return answers.map(answer =>
      'action' in answer ? byQuestion.get(answer)! : answer,
    );
  }

  /**
   * Makes the change that another person asked for.
   *
   * @throws ConflictError when it was decided before, or the target has changed
   */
  async approve(
    id: string,
    reason: string,
    caller: ActionCaller,
  ): Promise<Partial<Activity>> {
    this.#refuseIfReadOnly();
    return this.#desk.approve(id, reason, caller);
  }

  /** Of these requests, those that the caller may approve. */
  async decidable(
    ids: readonly string[],
    caller: ActionCaller,
  ): Promise<string[]> {
    return this.#desk.decidable(ids, caller);
  }

  /** Ends a request of another person without making the change. */
  async reject(
    id: string,
    reason: string,
    caller: ActionCaller,
  ): Promise<Activity> {
    return this.#desk.reject(id, reason, caller);
  }

  /** Takes one's own request back. */
  async withdraw(
    id: string,
    reason: string,
    caller: ActionCaller,
  ): Promise<Activity> {
    return this.#desk.withdraw(id, reason, caller);
  }

  async #runOnce(
    action: ActionDefinition,
    input: unknown,
    request: ActionRunRequest,
    caller: ActionCaller,
  ): Promise<Partial<Activity>> {
    const actor = actorOf(caller.credentials);
    const preview = await action.preview(input);
    refuseUnlessCurrent(preview.resourceVersion, request.resourceVersion);
    refuseUnlessTyped(preview.typedConfirmation, request.typedConfirmation);
    const target = action.target(input);
    let approver: string | undefined;
    if (
      await this.#authority.needsApproval(action, target, caller.credentials)
    ) {
      approver =
        request.underConsent === undefined
          ? undefined
          : await this.#desk.consent(request.underConsent, actor, target);
      if (approver === undefined) {
        return this.#desk.ask(action, input, request, preview, caller);
      }
    }
    // The log tells by whose consent nobody else was asked.
    const reason = approver
      ? `${request.reason} (approved by ${approver} in ${request.underConsent})`
      : request.reason;
    return this.#execution.audited<Partial<Activity>>(
      {
        eventId: action.name,
        request: caller.request,
        meta: {
          target: preview.target,
          reason,
          ...(approver && { approver, consent: request.underConsent }),
        },
      },
      async () => {
        const row = await this.#options.activityLog.start({
          actor,
          action: action.name,
          target: preview.target,
          reason,
          summary: preview.summary,
          before: preview.before,
          after: preview.after,
          message: 'Started',
          undo: action.undo(input),
          idempotencyKey: request.idempotencyKey,
        });
        if (row && !row.created) {
          return { result: row.activity, meta: { repeated: true } };
        }
        const { resourceVersion } = request;
        return {
          result: await this.#execution.carryOut(
            action,
            input,
            { resourceVersion, reason, actor, approver },
            row?.activity,
          ),
        };
      },
    );
  }

  /** A question that can be asked, or the answer to one that cannot. */
  #prepare(
    question: PermittedQuestion,
  ): { action: ActionDefinition; target: string } | PermittedAnswer {
    const refused = (reason: string) => ({
      allowed: false,
      needsApproval: false,
      reason,
    });
    if (this.#options.readOnly) {
      return refused(READ_ONLY);
    }
    try {
      const action = this.#find(question.action);
      const input = parseWith(action.input, question.input, 'input');
      return { action, target: action.target(input) };
    } catch (error) {
      return refused(error instanceof Error ? error.message : String(error));
    }
  }

  #refuseIfReadOnly(): void {
    if (this.#options.readOnly) {
      throw new NotAllowedError(READ_ONLY);
    }
  }

  #find(name: string): ActionDefinition {
    const action = this.#actions.get(name);
    if (!action) {
      throw new NotFoundError(
        `No action ${JSON.stringify(name)}; there is ${[
          ...this.#actions.keys(),
        ].join(', ')}`,
      );
    }
    return action;
  }
}
