import { connectionFailure } from '../connectionFailure';
import { readBytes } from '../readBytes';
import { Semaphore } from '../Semaphore';
import { UpstreamError } from './UpstreamError';

const MOST_BYTES = 32 * 1024 * 1024;

/** Where and how to ask an upstream. @public */
export type HttpUpstreamConfig = {
  /** What people call it, such as `Jenkins`. */
  name: string;
  /** Base URL without a slash at its end. */
  url: string;
  headers: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  /** How many requests may run at once. */
  maxConcurrency: number;
};

/** An answer, whatever its status. @public */
export type UpstreamAnswer = {
  status: number;
  headers: Headers;
  text: string;
};

/** @public */
export type UpstreamRequest = {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  /** Instead of the configured time, for questions that wait. */
  timeoutSeconds?: number;
};

/**
 * Speaks HTTP to one upstream: bounded in time, size and number, with reasons
 * that people can read. It follows no redirects, so that credentials stay
 * where they belong.
 *
 * @public
 */
export class HttpUpstream {
  readonly name: string;
  readonly #config: HttpUpstreamConfig;
  readonly #semaphore: Semaphore;

  constructor(config: HttpUpstreamConfig) {
    this.name = config.name;
    this.#config = config;
    this.#semaphore = new Semaphore(config.maxConcurrency);
  }

  /**
   * Asks, and hands back what came, whatever its status.
   *
   * @throws UpstreamError without a status where there was no answer
   */
  send(path: string, request: UpstreamRequest = {}): Promise<UpstreamAnswer> {
    return this.#semaphore.run(() => this.#send(path, request));
  }

  /**
   * Asks for JSON.
   *
   * @throws UpstreamError with the status of a refusal
   */
  async json(path: string, request: UpstreamRequest = {}): Promise<unknown> {
    const answer = await this.send(path, {
      ...request,
      headers: { Accept: 'application/json', ...request.headers },
    });
    if (answer.status < 200 || answer.status > 299) {
      throw this.refusal(answer);
    }
    try {
      return JSON.parse(answer.text);
    } catch {
      throw new UpstreamError(
        `${this.name} answered something that is not JSON`,
      );
    }
  }

  /** A refusal in words, with as much of the upstream's own as helps. */
  refusal({ status, text }: UpstreamAnswer, told = text): UpstreamError {
    const { name } = this;
    const words = told
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const own = words ? `: ${words.slice(0, 200)}` : '';
    switch (status) {
      case 401:
        return new UpstreamError(
          `${name} does not accept the credentials`,
          401,
        );
      case 403:
        return new UpstreamError(`${name} forbids it${own}`, 403);
      case 404:
        return new UpstreamError(`${name} does not have it`, 404);
      case 429:
        return new UpstreamError(`${name} is asked too often`, 429);
      default:
        return new UpstreamError(`${name} answered ${status}${own}`, status);
    }
  }

  async #send(
    path: string,
    { timeoutSeconds, signal, headers, ...init }: UpstreamRequest,
  ): Promise<UpstreamAnswer> {
    const { name, url } = this.#config;
    // A signal takes whole milliseconds only.
    const limit = AbortSignal.timeout(
      Math.ceil((timeoutSeconds ?? this.#config.timeoutSeconds) * 1000),
    );
    try {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { ...this.#config.headers, ...headers },
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      return {
        status: response.status,
        headers: response.headers,
        text: await this.#read(response),
      };
    } catch (error) {
      if (error instanceof UpstreamError) {
        throw error;
      }
      throw new UpstreamError(
        `${name} cannot be reached: ${connectionFailure(error)}`,
      );
    }
  }

  async #read(response: Response): Promise<string> {
    const bytes = await readBytes(response, MOST_BYTES);
    if (!bytes) {
      throw new UpstreamError(
        `${this.name} answered more than ${MOST_BYTES / 1024 / 1024} MB`,
      );
    }
    return bytes.toString('utf8');
  }
}
