import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { z } from 'zod';

/** Asks other plugins of the portal in somebody's name. */
export class PortalClient {
  readonly #discovery: DiscoveryService;
  readonly #auth: AuthService;

  constructor(options: { discovery: DiscoveryService; auth: AuthService }) {
    this.#discovery = options.discovery;
    this.#auth = options.auth;
  }

  /** @throws Error with the plugin's own words and the name of its error */
  async get<T>(
    plugin: string,
    path: string,
    schema: z.ZodType<T>,
    credentials: BackstageCredentials,
    signal?: AbortSignal,
  ): Promise<T> {
    const answer = await this.#send(plugin, path, { signal }, credentials);
    return schema.parse(await answer.json());
  }

  /** @throws Error with the plugin's own words and the name of its error */
  async post<T>(
    plugin: string,
    path: string,
    body: object,
    schema: z.ZodType<T>,
    credentials: BackstageCredentials,
    signal?: AbortSignal,
  ): Promise<T> {
    const answer = await this.#send(
      plugin,
      path,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      },
      credentials,
    );
    return schema.parse(await answer.json());
  }

  /** A stream of events; it ends when the signal aborts. */
  async open(
    plugin: string,
    path: string,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<Response> {
    return this.#send(plugin, path, { signal }, credentials);
  }

  async #send(
    plugin: string,
    path: string,
    init: RequestInit,
    credentials: BackstageCredentials,
  ): Promise<Response> {
    // Tokens are for minutes, and a template may wait for hours.
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: plugin,
    });
    const base = await this.#discovery.getBaseUrl(plugin);
    const response = await fetch(`${base}${path}`, {
      ...init,
      headers: { ...init.headers, Authorization: `Bearer ${token}` },
    });
    if (!response.ok) {
      const { body, response: refused } = await ResponseError.fromResponse(
        response,
      );
      // The plugin's own words say what was wrong; the status alone does not.
      const error = new Error(`${plugin}: ${body.error.message}`);
      error.name = body.error.name;
      throw Object.assign(error, { statusCode: refused.status });
    }
    return response;
  }
}
