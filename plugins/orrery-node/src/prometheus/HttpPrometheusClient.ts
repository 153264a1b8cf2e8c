import { isError } from '@backstage/errors';
import type { PrometheusConfig } from '../config';
import { connectionFailure } from '../connectionFailure';
import { PrometheusError } from './PrometheusError';
import { parseMatrix, parseVector } from './responses';
import { Interner, readAnswerBody } from './readAnswerBody';
import { Semaphore } from '../Semaphore';
import type {
  PartialAnswers,
  PrometheusClient,
  PrometheusSample,
  PrometheusSeries,
} from './types';

/**
 * Speaks the Prometheus HTTP API. Identical queries that run at the same time
 * are asked once; no more than the configured number run at once.
 *
 * @public
 */
export class HttpPrometheusClient implements PrometheusClient {
  readonly #config: PrometheusConfig;
  readonly #semaphore: Semaphore;
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #onQuery: () => void;
  readonly #interner = new Interner();

  constructor(
    config: PrometheusConfig,
    options: { /** Called for each query sent. */ onQuery?: () => void } = {},
  ) {
    this.#config = config;
    this.#semaphore = new Semaphore(config.maxConcurrency);
    this.#onQuery = options.onQuery ?? (() => undefined);
  }

  async query(
    expression: string,
    options: { timeMilliseconds: number; signal?: AbortSignal },
  ): Promise<PrometheusSample[]> {
    const data = await this.#ask('query', {
      query: expression,
      time: String(options.timeMilliseconds / 1000),
    });
    options.signal?.throwIfAborted();
    return parseVector(data);
  }

  async queryRange(
    expression: string,
    options: {
      fromMilliseconds: number;
      toMilliseconds: number;
      stepSeconds: number;
      signal?: AbortSignal;
    },
  ): Promise<PrometheusSeries[]> {
    const data = await this.#ask('query_range', {
      query: expression,
      start: String(options.fromMilliseconds / 1000),
      end: String(options.toMilliseconds / 1000),
      step: String(options.stepSeconds),
    });
    options.signal?.throwIfAborted();
    return parseMatrix(data);
  }

  async queryAll<Name extends string>(
    expressions: Readonly<Partial<Record<Name, string>>>,
    options: { timeMilliseconds: number; signal?: AbortSignal },
  ): Promise<PartialAnswers<Name>> {
    const names = Object.keys(expressions) as Name[];
    const results = await Promise.allSettled(
      names.map(name => this.query(expressions[name] ?? '', options)),
    );
    const outcome: PartialAnswers<Name> = { answers: {}, failures: {} };
    for (const [index, result] of results.entries()) {
      if (result.status === 'fulfilled') {
        outcome.answers[names[index]] = result.value;
      } else {
        outcome.failures[names[index]] =
          result.reason instanceof Error
            ? result.reason
            : new Error(String(result.reason));
      }
    }
    return outcome;
  }

  /** The `data` of an answer; identical requests in flight share one. */
  #ask(path: string, parameters: Record<string, string>): Promise<unknown> {
    const body = new URLSearchParams(parameters).toString();
    const key = `${path} ${body}`;
    const running = this.#running.get(key);
    if (running) {
      return running;
    }
    const answer = this.#semaphore
      .run(() => this.#send(path, body))
      .finally(() => this.#running.delete(key));
    this.#running.set(key, answer);
    return answer;
  }

  async #send(path: string, parameters: string): Promise<unknown> {
    this.#onQuery();
    const { url, headers, timeoutSeconds } = this.#config;
    let status: number;
    let body: { answer: unknown; text: string };
    try {
      // POST because a query may be longer than a URL may be.
      const response = await fetch(`${url}/api/v1/${path}`, {
        method: 'POST',
        headers: {
          ...headers,
          Accept: 'application/json',
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: parameters,
        redirect: 'error',
        signal: AbortSignal.timeout(Math.ceil(timeoutSeconds * 1000)),
      });
      status = response.status;
      body = await readAnswerBody(response.body, this.#interner);
    } catch (error) {
      throw this.#connectionError(error);
    }
    return readAnswer(status, body);
  }

  #connectionError(error: unknown): PrometheusError {
    if (isError(error) && error.name === 'TimeoutError') {
      return new PrometheusError(
        'timeout',
        `Prometheus did not answer within ${this.#config.timeoutSeconds} s`,
      );
    }
    return new PrometheusError(
      'unreachable',
      `Prometheus cannot be reached: ${connectionFailure(error)}`,
    );
  }
}

function readAnswer(
  status: number,
  body: { answer: unknown; text: string },
): unknown {
  const { text } = body;
  const answer: { status?: unknown; data?: unknown; error?: unknown } =
    body.answer ?? {};
  if (status === 401 || status === 403) {
    throw new PrometheusError(
      'forbidden',
      `Prometheus refuses our credentials (${status})`,
    );
  }
  if (answer.status === 'error' && typeof answer.error === 'string') {
    throw new PrometheusError(
      'refused',
      `Prometheus refused the query: ${answer.error.slice(0, 300)}`,
    );
  }
  if (answer.status !== 'success') {
    throw new PrometheusError(
      'garbage',
      `Prometheus answered ${status} with something that is not its API: ${text
        .slice(0, 80)
        .replace(/\s+/g, ' ')}`,
    );
  }
  return answer.data;
}
