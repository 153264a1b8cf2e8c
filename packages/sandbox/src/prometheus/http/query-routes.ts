import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import type { Engine, QueryOptions } from '../engine/engine';
import { invalidParameter, ApiError } from './api-error';
import { respondResult } from './encode-result';
import { durationParameter, limitParameter, timeParameter } from './parameters';

/** Most points one series of a range query may have. */
const MAXIMUM_POINTS = 11_000;

function optionsOf(
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): QueryOptions {
  const controller = new AbortController();
  const abort = () => {
    if (!response.writableFinished) controller.abort();
  };
  request.once('aborted', abort);
  response.once('close', abort);
  return {
    timeoutMs: durationParameter(parameters, 'timeout', false),
    lookbackMs: durationParameter(parameters, 'lookback_delta', false),
    signal: controller.signal,
  };
}

/** GET|POST /api/v1/query */
export async function queryInstant(
  engine: Engine,
  clock: Clock,
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const limit = limitParameter(parameters);
  const time = timeParameter(parameters, 'time', clock.now());
  const options = optionsOf(parameters, request, response);
  const result = await engine.instant(
    parameters.get('query') ?? '',
    time,
    options,
  );
  await respondResult(response, result, false, limit);
}

/** GET|POST /api/v1/query_range */
export async function queryRange(
  engine: Engine,
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const limit = limitParameter(parameters);
  const startMs = timeParameter(parameters, 'start');
  const endMs = timeParameter(parameters, 'end');
  if (endMs < startMs) {
    throw invalidParameter(
      'end',
      'end timestamp must not be before start time',
    );
  }
  const stepMs = Math.round(durationParameter(parameters, 'step', true) ?? 0);
  if (stepMs <= 0) {
    throw invalidParameter(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if ((endMs - startMs) / stepMs > MAXIMUM_POINTS) {
    throw new ApiError(
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  const options = optionsOf(parameters, request, response);
  const result = await engine.range(
    parameters.get('query') ?? '',
    { startMs, endMs, stepMs },
    options,
  );
  await respondResult(response, result, true, limit);
}
