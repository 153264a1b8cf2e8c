import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import type { Facade } from '../../facade';
import type { Engine } from '../engine/engine';
import type { MemoryStorage } from '../memory/memory-storage';
import { ApiError, toApiError } from './api-error';
import { readParameters } from './parameters';
import { queryInstant, queryRange } from './query-routes';
import { respondError } from './respond';

/** What the facade stands on. */
export interface FacadeParts {
  clock: Clock;
  storage: MemoryStorage;
  engine: Engine;
}

/** The HTTP API of a Prometheus server, below `/prometheus`. */
export class PrometheusFacade implements Facade {
  readonly prefix = '/prometheus';
  readonly title = 'Prometheus';
  readonly examples = [
    `curl '{origin}/prometheus/api/v1/query?query=up'`,
    `curl '{origin}/prometheus/metrics'`,
  ];
  readonly #parts: FacadeParts;

  constructor(parts: FacadeParts) {
    this.#parts = parts;
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    try {
      const parameters = await readParameters(request, query);
      await this.#route(request, response, path, parameters);
    } catch (error) {
      respondError(response, toApiError(error));
    }
  }

  async #route(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    parameters: URLSearchParams,
  ): Promise<void> {
    const { engine, clock } = this.#parts;
    switch (path) {
      case '/api/v1/query':
        await queryInstant(engine, clock, parameters, request, response);
        return;
      case '/api/v1/query_range':
        await queryRange(engine, parameters, request, response);
        return;
      default:
        throw new ApiError('not_found', `path ${path} was not found`);
    }
  }
}
