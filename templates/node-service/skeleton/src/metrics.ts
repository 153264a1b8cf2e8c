import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus scrapes: requests and the runtime. */
export interface Metrics {
  /**
   * Counts a request. The route is its pattern: paths hold ids, and a series
   * for each id would fill the memory.
   */
  observe(
    method: string,
    route: string,
    status: number,
    seconds: number,
  ): void;
  readonly contentType: string;
  render(): Promise<string>;
}

/** Has a registry of its own, so that tests do not share counters. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_server_requests_seconds',
    help: 'Duration of requests, by method, route and status.',
    labelNames: ['method', 'uri', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    observe(method, uri, status, seconds) {
      requests.observe({ method, uri, status }, seconds);
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}
