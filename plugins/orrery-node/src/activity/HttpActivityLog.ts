import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { activitySchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { connectionFailure } from '../connectionFailure';
import type {
  ActivityLog,
  ActivityProgress,
  ActivityStart,
  ApprovalStart,
  ApprovalVerdict,
} from './types';

const startAnswerSchema = z.object({
  activity: activitySchema,
  created: z.boolean(),
});

const requestSchema = z.object({
  activity: activitySchema,
  input: z.unknown(),
  resourceVersion: z.string(),
});

const verdictAnswerSchema = z.object({
  activity: activitySchema,
  decided: z.boolean(),
});

const pathOf = (id: string) => `/activity/${encodeURIComponent(id)}`;

/** An answer that is no failure: the row is not there. */
const ABSENT = Symbol('absent');

/**
 * Writes to the log of the plugin `orrery` with this plugin's credentials.
 *
 * @public
 */
export class HttpActivityLog implements ActivityLog {
  readonly #discovery: DiscoveryService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;

  constructor(options: {
    discovery: DiscoveryService;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#discovery = options.discovery;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  async start(activity: ActivityStart) {
    return this.#try(startAnswerSchema, 'POST', '/activity', activity);
  }

  async update(id: string, progress: ActivityProgress): Promise<void> {
    await this.#try(z.undefined(), 'PUT', pathOf(id), progress);
  }

  async ask(request: ApprovalStart) {
    return found(
      await this.#insist(startAnswerSchema, 'POST', '/approvals', request),
    );
  }

  async readRequest(id: string) {
    const answer = await this.#insist(
      requestSchema,
      'GET',
      `${pathOf(id)}/request`,
    );
    return answer === ABSENT ? undefined : answer;
  }

  async decide(id: string, verdict: ApprovalVerdict) {
    const answer = await this.#insist(
      verdictAnswerSchema,
      'PUT',
      `${pathOf(id)}/verdict`,
      verdict,
    );
    return answer === ABSENT ? undefined : answer;
  }

  /** Undefined where the log cannot be reached, or answers what no log does. */
  async #try<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body: object,
  ): Promise<z.infer<T> | undefined> {
    try {
      return found(await this.#send(schema, method, path, body));
    } catch (error) {
      this.#logger.warn(
        `The activity log could not be written: ${connectionFailure(error)}`,
      );
      return undefined;
    }
  }

  async #insist<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body?: object,
  ): Promise<z.infer<T> | typeof ABSENT> {
    try {
      return await this.#send(schema, method, path, body);
    } catch (error) {
      throw new ServiceUnavailableError(
        `Approvals are kept in the activity log, which does not answer: ${connectionFailure(
          error,
        )}`,
      );
    }
  }

  async #send<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body?: object,
  ): Promise<z.infer<T> | typeof ABSENT> {
    const baseUrl = await this.#discovery.getBaseUrl('orrery');
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'orrery',
    });
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 404) {
      return ABSENT;
    }
    if (!response.ok) {
      throw new Error(`it answered ${response.status}`);
    }
    return schema.parse(
      response.status === 204 ? undefined : await response.json(),
    );
  }
}

function found<T>(answer: T | typeof ABSENT): T {
  if (answer === ABSENT) {
    throw new Error('it answered 404');
  }
  return answer;
}
