import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Facade } from '../../facade';
import { toApiError } from './api-error';
import type { FacadeParts } from './facade-parts';
import { readParameters } from './parameters';
import { respondError, respondText } from './respond';
import { findRoute } from './routes';

/** The HTTP API of a Prometheus server, below `/prometheus`. */
export class PrometheusFacade implements Facade {
  readonly prefix = '/prometheus';
  readonly title = 'Prometheus';
  readonly examples = [
    `curl '{origin}/prometheus/api/v1/query' --data-urlencode 'query=sum by (destination_workload) (rate(istio_requests_total{reporter="destination"}[1m]))'`,
    `curl '{origin}/prometheus/api/v1/label/__name__/values'`,
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
      await this.#answer(request, response, path, query);
    } catch (error) {
      respondError(response, toApiError(error));
    }
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const found = findRoute(path);
    if (!found) {
      respondText(response, 404, '404 page not found\n');
      return;
    }
    const { method = 'GET' } = request;
    const allowed = found.route.form
      ? ['GET', 'HEAD', 'POST']
      : ['GET', 'HEAD'];
    if (!allowed.includes(method)) {
      response.setHeader('Allow', allowed.join(', '));
      respondText(response, 405, 'Method Not Allowed\n');
      return;
    }
    const parameters = await readParameters(request, query);
    await found.route.handle(this.#parts, {
      request,
      response,
      parameters,
      captured: found.captured,
    });
  }
}
