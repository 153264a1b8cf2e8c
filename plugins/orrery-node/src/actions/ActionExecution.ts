import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import type { Request } from 'express';
import type { ActivityLog, ActivityProgress } from '../activity';
import type { ActionDefinition, ActionRunContext } from './types';

const VERIFY_TIMEOUT_MILLISECONDS = 10 * 60_000;

/** Makes changes, with everything that goes with them: audit, log and verification. */
export class ActionExecution {
  readonly #activityLog: ActivityLog;
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  constructor(options: {
    activityLog: ActivityLog;
    auditor: AuditorService;
    logger: LoggerService;
  }) {
    this.#activityLog = options.activityLog;
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /** Does something as one event of the audit log, which says how it ended. */
  async audited<T>(
    options: {
      eventId: string;
      request?: Request;
      meta: Record<string, string | undefined>;
    },
    work: () => Promise<{ result: T; meta?: Record<string, boolean> }>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId: options.eventId,
      severityLevel: 'high',
      request: options.request,
      meta: options.meta,
    });
    try {
      const { result, meta } = await work();
      await event.success(meta && { meta });
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  /**
   * Makes the change and answers as soon as it is made; verification goes on
   * and updates the row.
   */
  async carryOut(
    action: ActionDefinition,
    input: unknown,
    context: ActionRunContext,
    row: Activity | undefined,
  ): Promise<Partial<Activity>> {
    const record = async (progress: ActivityProgress) => {
      try {
        if (row) {
          await this.#activityLog.update(row.id, progress);
        }
      } catch (error) {
        // What was done is done: a log that fails must not make it look undone.
        this.#logger.warn(`Recording ${action.name} failed: ${error}`);
      }
    };
    try {
      const { message } = await action.run(input, context);
      await record({ state: 'running', message });
      this.#verify(action, input, record);
      return { ...row, state: 'running', message };
    } catch (error) {
      await record({ state: 'failed', message: toError(error).message });
      throw error;
    }
  }

  #verify(
    action: ActionDefinition,
    input: unknown,
    record: (progress: ActivityProgress) => Promise<void>,
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
          toError(error).message
        }`,
      }))
      .then(record);
  }
}

function toError(error: unknown): Error {
  if (error instanceof Error) {
    return error;
  }
  return new Error(isError(error) ? error.message : String(error));
}
