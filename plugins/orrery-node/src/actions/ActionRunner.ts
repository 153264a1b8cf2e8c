import type {
  AuditorService,
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  parseWith,
  type ActionPreview,
  type ActionRunRequest,
  type Activity,
} from '@orrery/backstage-plugin-orrery-common';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import type { ActivityLog } from '../activity';
import type { ActionDefinition } from './types';

const VERIFY_TIMEOUT_MILLISECONDS = 10 * 60_000;
const REMEMBERED_RUNS = 1000;

/** @public */
export type ActionRunnerOptions = {
  actions: readonly ActionDefinition[];
  activityLog: ActivityLog;
  auditor: AuditorService;
  logger: LoggerService;
  permissions: PermissionsService;
  /** True refuses every run, by configuration. */
  readOnly: boolean;
};

/** Who asks, and through which request. @public */
export type ActionCaller = {
  credentials: BackstageCredentials;
  request?: Request;
};

/**
 * Previews and runs actions: permission, precondition, audit event, one row
 * in the activity log, verification. No route can leave one of them out.
 *
 * @public
 */
export class ActionRunner {
  readonly #options: ActionRunnerOptions;
  readonly #actions: Map<string, ActionDefinition>;
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
  }

  async preview(
    name: string,
    rawInput: unknown,
    caller: ActionCaller,
  ): Promise<ActionPreview> {
    const action = this.#find(name);
    const input = parseWith(action.input, rawInput, 'input');
    await this.#authorize(action, caller);
    return { action: name, ...(await action.preview(input)) };
  }

  /**
   * Runs an action and answers with its row as soon as the change is made;
   * verification goes on and updates the row.
   */
  async run(
    name: string,
    request: ActionRunRequest,
    caller: ActionCaller,
  ): Promise<Partial<Activity>> {
    const action = this.#find(name);
    const input = parseWith(action.input, request.input, 'input');
    if (this.#options.readOnly) {
      throw new NotAllowedError(
        'Orrery is read-only: orrery.readOnly is true in its configuration',
      );
    }
    await this.#authorize(action, caller);
    const actor = actorOf(caller.credentials);
    const key = `${actor} ${request.idempotencyKey}`;
    const repeated = this.#runs.get(key);
    if (repeated) {
      return repeated;
    }
    const running = this.#runOnce(action, input, request, { ...caller, actor });
    this.#runs.set(key, running);
    try {
      return await running;
    } catch (error) {
      this.#runs.delete(key);
      throw error;
    }
  }

  async #runOnce(
    action: ActionDefinition,
    input: unknown,
    request: ActionRunRequest,
    caller: ActionCaller & { actor: string },
  ): Promise<Partial<Activity>> {
    const { name } = action;
    const { actor } = caller;
    const preview = await action.preview(input);
    refuseUnlessCurrent(preview.resourceVersion, request.resourceVersion);
    refuseUnlessTyped(preview.typedConfirmation, request.typedConfirmation);

    const event = await this.#options.auditor.createEvent({
      eventId: name,
      severityLevel: 'high',
      request: caller.request,
      meta: { target: preview.target, reason: request.reason },
    });
    try {
      const row = await this.#options.activityLog.start({
        actor,
        action: name,
        target: preview.target,
        reason: request.reason,
        summary: preview.summary,
        before: preview.before,
        after: preview.after,
        message: 'Started',
        undo: action.undo(input),
        idempotencyKey: request.idempotencyKey,
      });
      if (row && !row.created) {
        await event.success({ meta: { repeated: true } });
        return row.activity;
      }
      const activity = await this.#carryOut(
        action,
        input,
        { ...request, actor },
        row?.activity,
      );
      await event.success();
      return activity;
    } catch (error) {
      await event.fail({
        error: isError(error) ? toError(error) : new Error(String(error)),
      });
      throw error;
    }
  }

  async #carryOut(
    action: ActionDefinition,
    input: unknown,
    context: { resourceVersion: string; actor: string; reason: string },
    row: Activity | undefined,
  ): Promise<Partial<Activity>> {
    const record = async (progress: Pick<Activity, 'state' | 'message'>) => {
      try {
        if (row) {
          await this.#options.activityLog.update(row.id, progress);
        }
      } catch (error) {
        // What was done is done: a log that fails must not make it look undone.
        this.#options.logger.warn(`Recording ${action.name} failed: ${error}`);
      }
    };
    try {
      const { message } = await action.run(input, context);
      await record({ state: 'running', message });
      this.#verify(action, input, record);
      return { ...row, state: 'running', message };
    } catch (error) {
      await record({
        state: 'failed',
        message: isError(error) ? error.message : String(error),
      });
      throw error;
    }
  }

  #verify(
    action: ActionDefinition,
    input: unknown,
    record: (progress: Pick<Activity, 'state' | 'message'>) => Promise<void>,
  ): void {
    const signal = AbortSignal.timeout(VERIFY_TIMEOUT_MILLISECONDS);
    const report = (message: string) => {
      record({ state: 'running', message });
    };
    action
      .verify(input, { signal, report })
      .catch(error => ({
        state: 'failed' as const,
        message: `The change was made, but it could not be verified: ${
          isError(error) ? error.message : error
        }`,
      }))
      .then(record);
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

  async #authorize(
    action: ActionDefinition,
    caller: ActionCaller,
  ): Promise<void> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission: action.permission }],
      { credentials: caller.credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not do this: the permission ${action.permission.name} is not granted to you`,
      );
    }
  }
}

function toError(error: { name: string; message: string }): Error {
  return error instanceof Error ? error : new Error(error.message);
}

function actorOf(credentials: BackstageCredentials): string {
  const principal: unknown = credentials.principal;
  if (typeof principal === 'object' && principal !== null) {
    const name =
      Reflect.get(principal, 'userEntityRef') ??
      Reflect.get(principal, 'subject');
    if (typeof name === 'string') {
      return name;
    }
  }
  throw new AuthenticationError('An action needs a signed-in caller');
}

function refuseUnlessCurrent(current: string, seen: string): void {
  if (current !== seen) {
    throw new ConflictError(
      `The target has changed since it was previewed (resourceVersion ${seen}, now ${current}): preview it again`,
    );
  }
}

function refuseUnlessTyped(
  wanted: string | undefined,
  typed: string | undefined,
): void {
  if (wanted !== undefined && typed !== wanted) {
    throw new InputError(
      `typedConfirmation: expected ${JSON.stringify(wanted)}`,
    );
  }
}
