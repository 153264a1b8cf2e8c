import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseQuery } from '../promql/parse';
import { prettyExpression } from '../promql/pretty';
import { ApiError } from './api-error';
import { respondMetrics } from './exposition';
import type { FacadeParts } from './facade-parts';
import { respondFederation } from './federate';
import { listMetadata } from './metadata-routes';
import { limitParameter, timeParameter } from './parameters';
import { queryInstant, queryRange } from './query-routes';
import { respondData, respondText } from './respond';
import { listAlerts, listRules } from './rule-routes';
import { listLabelNames, listLabelValues, listSeries } from './series-routes';
import { respondStatus } from './status-routes';
import { listTargets } from './target-routes';

/** One request, its form parameters read. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  parameters: URLSearchParams;
  /** What the route's pattern captured. */
  captured: string;
}

type Handler = (parts: FacadeParts, exchange: Exchange) => Promise<void> | void;

/** An endpoint: its path, whether it also takes a POSTed form, and what it does. */
export interface Route {
  path: RegExp;
  form: boolean;
  handle: Handler;
}

function route(path: RegExp, form: boolean, handle: Handler): Route {
  return { path, form, handle };
}

const WELCOME = `The HTTP API of Prometheus over the samples of the sandbox.

  api/v1/query?query=up               an instant query
  api/v1/query_range                  a query over time: start, end, step
  api/v1/series?match[]=up            series, labels, label/<name>/values
  api/v1/metadata                     metrics with their types
  api/v1/rules, alerts, targets       what is evaluated and scraped
  api/v1/status/tsdb                  buildinfo, config, flags, runtimeinfo
  metrics                             all current values, to be scraped with honor_labels
  federate?match[]=up                 the newest samples of some
`;

/** Every endpoint below the prefix. */
export const ROUTES: readonly Route[] = [
  route(/^\/api\/v1\/query$/, true, (parts, one) =>
    queryInstant(
      parts.engine,
      parts.clock,
      one.parameters,
      one.request,
      one.response,
    ),
  ),
  route(/^\/api\/v1\/query_range$/, true, (parts, one) =>
    queryRange(parts.engine, one.parameters, one.request, one.response),
  ),
  route(/^\/api\/v1\/query_exemplars$/, true, (parts, one) => {
    timeParameter(one.parameters, 'start', parts.clock.now());
    timeParameter(one.parameters, 'end', parts.clock.now());
    parseQuery(one.parameters.get('query') ?? '', parts.engine.options.dialect);
    respondData(one.response, []);
  }),
  route(/^\/api\/v1\/format_query$/, true, (parts, one) => {
    const expression = parseQuery(
      one.parameters.get('query') ?? '',
      parts.engine.options.dialect,
    );
    respondData(one.response, prettyExpression(expression));
  }),
  route(/^\/api\/v1\/series$/, true, (parts, one) =>
    listSeries(parts.storage, parts.clock, one.parameters, one.response),
  ),
  route(/^\/api\/v1\/labels$/, true, (parts, one) =>
    listLabelNames(parts.storage, parts.clock, one.parameters, one.response),
  ),
  route(/^\/api\/v1\/label\/([^/]+)\/values$/, false, (parts, one) =>
    listLabelValues(
      parts.storage,
      parts.clock,
      one.captured,
      one.parameters,
      one.response,
    ),
  ),
  route(/^\/api\/v1\/metadata$/, false, (parts, one) =>
    listMetadata(parts.storage, one.parameters, one.response),
  ),
  route(/^\/api\/v1\/rules$/, false, (parts, one) =>
    listRules(parts.rules, one.parameters, one.response),
  ),
  route(/^\/api\/v1\/alerts$/, false, (parts, one) =>
    listAlerts(parts.rules, one.response),
  ),
  route(/^\/api\/v1\/targets$/, false, (parts, one) =>
    listTargets(
      parts.targets(),
      parts.storage.options.scrapeIntervalMs,
      one.parameters,
      one.response,
    ),
  ),
  route(/^\/api\/v1\/status\/([a-z]+)$/, false, (parts, one) =>
    respondStatus(
      parts,
      one.captured,
      limitParameter(one.parameters),
      one.response,
    ),
  ),
  route(/^\/federate$/, false, (parts, one) =>
    respondFederation(
      parts.storage,
      parts.clock,
      parts.engine.options.lookbackMs,
      parts.externalLabels,
      one.parameters,
      one.response,
    ),
  ),
  route(/^\/metrics$/, false, (parts, one) =>
    respondMetrics(parts.storage, one.response),
  ),
  route(/^\/$/, false, (_, one) => respondText(one.response, 200, WELCOME)),
  route(/^\/-\/healthy$/, false, (_, one) =>
    respondText(one.response, 200, 'Prometheus Server is Healthy.\n'),
  ),
  route(/^\/-\/ready$/, false, (_, one) =>
    respondText(one.response, 200, 'Prometheus Server is Ready.\n'),
  ),
];

/** The endpoint of a path, and what its pattern captured. */
export function findRoute(
  path: string,
): { route: Route; captured: string } | undefined {
  for (const one of ROUTES) {
    const match = one.path.exec(path);
    if (match) return { route: one, captured: decode(match[1] ?? '') };
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ApiError(
      'bad_data',
      `path segment ${text} is not percent-encoded`,
    );
  }
}
