import { LRUCache } from 'lru-cache';
import type { RegistryConfig } from './types';

const TIMEOUT_MILLISECONDS = 10_000;
const TOKEN_MILLISECONDS = 60_000;
/** Manifests and configurations of images are small; more is not one. */
const LARGEST_BODY = 4 * 1024 * 1024;

/** What to say of a registry that could not answer. */
export class RegistryError extends Error {
  readonly statusCode: number | undefined;

  constructor(message: string, statusCode?: number) {
    super(message);
    this.name = 'RegistryError';
    this.statusCode = statusCode;
  }
}

/** An answer with a body that was read. */
export type RegistryAnswer = { headers: Headers; body: string };

/** Parameters of a challenge such as `Bearer realm="...",service="..."`. */
function readChallenge(
  header: string,
): { scheme: string; parameters: Map<string, string> } | undefined {
  const [, scheme, rest] = /^(\w+)\s+(.*)$/.exec(header.trim()) ?? [];
  if (scheme === undefined) {
    return undefined;
  }
  const parameters = new Map(
    [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  return { scheme: scheme.toLocaleLowerCase('en-US'), parameters };
}

/**
 * Speaks to one registry by the OCI distribution specification
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md),
 * with the token authentication that registries share
 * (https://distribution.github.io/distribution/spec/auth/token/).
 */
export class RegistryClient {
  readonly #config: RegistryConfig;
  readonly #tokens = new LRUCache<string, string>({
    max: 200,
    ttl: TOKEN_MILLISECONDS,
  });

  constructor(config: RegistryConfig) {
    this.#config = config;
  }

  /**
   * Gets a path under `/v2/`, or its headers only.
   *
   * @throws RegistryError with the status, or without one when there was no answer
   */
  async get(
    repository: string,
    path: string,
    options: { accept?: string; headersOnly?: boolean } = {},
  ): Promise<RegistryAnswer> {
    const url = `${this.#config.url}/v2/${repository}/${path}`;
    const scope = `repository:${repository}:pull`;
    const method = options.headersOnly ? 'HEAD' : 'GET';
    const ask = (authorization: string | undefined) =>
      this.#fetch(url, {
        method,
        headers: {
          ...(options.accept && { Accept: options.accept }),
          ...(authorization && { Authorization: authorization }),
        },
      });
    let response = await ask(this.#tokens.get(scope));
    if (response.status === 401) {
      const challenge = response.headers.get('www-authenticate') ?? '';
      await response.body?.cancel();
      const authorization = await this.#authorize(challenge, scope);
      response = await ask(authorization);
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new RegistryError(this.#describe(response.status), response.status);
    }
    return {
      headers: response.headers,
      body: options.headersOnly ? '' : await this.#read(response),
    };
  }

  #describe(status: number): string {
    const { host } = this.#config;
    switch (status) {
      case 401:
      case 403:
        return `${host} refuses access`;
      case 404:
        return `${host} does not have it`;
      case 429:
        return `${host} is asked too often`;
      default:
        return `${host} answered ${status}`;
    }
  }

  async #read(response: Response): Promise<string> {
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (announced > LARGEST_BODY) {
      await response.body?.cancel();
      throw new RegistryError(`${this.#config.host} answers with too much`);
    }
    const text = await response.text();
    if (text.length > LARGEST_BODY) {
      throw new RegistryError(`${this.#config.host} answers with too much`);
    }
    return text;
  }

  #basic(): string | undefined {
    const { username, password } = this.#config;
    return username === undefined
      ? undefined
      : `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString(
          'base64',
        )}`;
  }

  /** What a challenge asks for; nothing when we cannot give it. */
  async #authorize(header: string, scope: string): Promise<string | undefined> {
    const challenge = readChallenge(header);
    if (challenge?.scheme !== 'bearer') {
      return this.#basic();
    }
    const realm = challenge.parameters.get('realm') ?? '';
    if (!URL.canParse(realm)) {
      throw new RegistryError(
        `${this.#config.host} asks for a token from nowhere`,
      );
    }
    const url = new URL(realm);
    const service = challenge.parameters.get('service');
    if (service) {
      url.searchParams.set('service', service);
    }
    url.searchParams.set('scope', challenge.parameters.get('scope') ?? scope);
    const basic = this.#basic();
    const response = await this.#fetch(url.href, {
      headers: basic ? { Authorization: basic } : {},
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new RegistryError(this.#describe(response.status), response.status);
    }
    const answer: unknown = JSON.parse(await this.#read(response));
    const token: unknown =
      typeof answer === 'object' && answer !== null
        ? Reflect.get(answer, 'token') ?? Reflect.get(answer, 'access_token')
        : undefined;
    if (typeof token !== 'string') {
      throw new RegistryError(`${this.#config.host} gave no token`);
    }
    const authorization = `Bearer ${token}`;
    this.#tokens.set(scope, authorization);
    return authorization;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, {
        ...init,
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      throw new RegistryError(
        isLate
          ? `${this.#config.host} did not answer within ${
              TIMEOUT_MILLISECONDS / 1000
            } s`
          : `${this.#config.host} cannot be reached`,
      );
    }
  }
}
