import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { activitySchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { connectionFailure } from '../connectionFailure';
import type { ActivityLog, ActivityProgress, ActivityStart } from './types';

const startAnswerSchema = z.object({
  activity: activitySchema,
  created: z.boolean(),
});

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
    return this.#send(startAnswerSchema, 'POST', '/activity', activity);
  }

  async update(id: string, progress: ActivityProgress): Promise<void> {
    await this.#send(
      z.undefined(),
      'PUT',
      `/activity/${encodeURIComponent(id)}`,
      progress,
    );
  }

  /** Undefined where the log cannot be reached, or answers what no log does. */
  async #send<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body: object,
  ): Promise<z.infer<T> | undefined> {
    try {
      const baseUrl = await this.#discovery.getBaseUrl('orrery');
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: 'orrery',
      });
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) {
        throw new Error(`it answered ${response.status}`);
      }
      return schema.parse(
        response.status === 204 ? undefined : await response.json(),
      );
    } catch (error) {
      this.#logger.warn(
        `The activity log could not be written: ${connectionFailure(error)}`,
      );
      return undefined;
    }
  }
}
