import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { Facade } from '../facade';
import type { Effects } from '../simulator/flow/effects';
import { ElasticError } from './errors';
import { parseObject, readText } from './http/body';
import { clusterRoutes } from './http/clusterRoutes';
import type { Answer, Call, Route, Store } from './http/context';
import { elasticPoints, openSearchPoints } from './http/pointRoutes';
import { searchRoutes } from './http/searchRoutes';
import type { LogArchive } from './records/LogArchive';
import { PointsInTime } from './search/PointsInTime';
import { DEFAULT_VERSION, type StoreVersion } from './version';

export interface ElasticsearchOptions {
  archive: LogArchive;
  clock: Clock;
  effects: Effects;
  clusterName: string;
  version?: StoreVersion;
}

type Table = readonly (readonly [string, RegExp, Route])[];

function routesOf({ product, number }: StoreVersion): Table {
  const [major, minor] = number.split('.').map(Number);
  const hasPoints =
    product === 'opensearch'
      ? major > 2 || (major === 2 && minor >= 4)
      : major > 7 || (major === 7 && minor >= 10);
  const points = product === 'opensearch' ? openSearchPoints : elasticPoints;
  return [...clusterRoutes, ...searchRoutes, ...(hasPoints ? points : [])];
}

function find(routes: Table, method: string, path: string) {
  for (const [methods, expression, route] of routes) {
    const found = expression.exec(path);
    if (found && methods.split(' ').includes(method)) {
      return { route, parts: found.slice(1) };
    }
  }
  return undefined;
}

function send(
  response: ServerResponse,
  { product }: StoreVersion,
  { status = 200, body }: Answer,
  isHead: boolean,
): void {
  const isText = typeof body === 'string';
  const content = isText ? body : JSON.stringify(body);
  response.writeHead(status, {
    ...(product === 'elasticsearch'
      ? { 'X-elastic-product': 'Elasticsearch' }
      : {}),
    'Content-Type': isText
      ? 'text/plain; charset=UTF-8'
      : 'application/json; charset=UTF-8',
    'Content-Length': Buffer.byteLength(content),
  });
  response.end(isHead ? undefined : content);
}

/** The store that the cluster's logs are shipped to, to read only. */
export function createElasticsearch(options: ElasticsearchOptions): Facade {
  const { archive, version = DEFAULT_VERSION } = options;
  const store: Store = {
    ...options,
    version,
    points: new PointsInTime(options.clock),
  };
  const routes = routesOf(version);
  const shipping = setInterval(() => archive.advance(), 1000);
  shipping.unref();
  return {
    prefix: '/elasticsearch',
    title: 'Elasticsearch with the logs of all containers',
    examples: [
      'curl {origin}/elasticsearch/_cat/indices?v',
      `curl '{origin}/elasticsearch/filebeat-*/_search?q=log.level:error&sort=@timestamp:desc&size=3'`,
      `curl '{origin}/elasticsearch/filebeat-*/_count?q=kubernetes.namespace:wealth'`,
    ],
    async handle(request, response, path, query) {
      const { method = 'GET' } = request;
      const isHead = method === 'HEAD';
      try {
        const text = await readText(request);
        const found = find(routes, method, path);
        if (!found) {
          const error = `no handler found for uri [${path}] and method [${method}]`;
          send(response, version, { status: 400, body: { error } }, isHead);
          return;
        }
        archive.advance();
        const isLines = path.endsWith('_msearch');
        const call: Call = {
          request,
          method,
          query,
          text,
          body: isLines ? {} : parseObject(text),
        };
        send(response, version, found.route(store, call, found.parts), isHead);
      } catch (error) {
        if (!(error instanceof ElasticError)) throw error;
        const answer = { status: error.status, body: error.body() };
        send(response, version, answer, isHead);
      }
    },
    close: () => clearInterval(shipping),
  };
}
