import type { IncomingMessage } from 'node:http';
import { parseFloatStrict } from '../number-format';
import type { LabelMatcher } from '../storage';
import { ParseError } from '../promql/errors';
import { parseDuration } from '../promql/literals';
import { parseQuery } from '../promql/parse';
import { ApiError, invalidParameter } from './api-error';

/** Largest form body that is read, in bytes. */
const BODY_LIMIT = 10 * 1024 * 1024;

/** The parameters of a request: the URL's, and those of a POSTed form before them. */
export async function readParameters(
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<URLSearchParams> {
  if (request.method !== 'POST') return query;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > BODY_LIMIT) {
      throw new ApiError('bad_data', 'http: request body too large');
    }
    parts.push(bytes);
  }
  const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
  for (const [name, value] of query) form.append(name, value);
  return form;
}

/** Milliseconds of a time given as Unix seconds or RFC 3339; undefined for other text. */
export function parseTime(text: string): number | undefined {
  const seconds = parseFloatStrict(text);
  if (seconds !== undefined) {
    return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined;
  }
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  if (!rfc3339.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** A time parameter in milliseconds, or the fallback where it is missing. */
export function timeParameter(
  parameters: URLSearchParams,
  name: string,
  fallback?: number,
): number {
  const text = parameters.get(name) ?? '';
  if (text === '' && fallback !== undefined) return fallback;
  const time = parseTime(text);
  if (time === undefined) {
    throw invalidParameter(name, `cannot parse "${text}" to a valid timestamp`);
  }
  return time;
}

/** A duration parameter in milliseconds, as seconds or as `1m30s`; undefined where it is missing. */
export function durationParameter(
  parameters: URLSearchParams,
  name: string,
  required: boolean,
): number | undefined {
  const text = parameters.get(name) ?? '';
  if (text === '' && !required) return undefined;
  const seconds = parseFloatStrict(text);
  const milliseconds =
    seconds === undefined ? parseDuration(text) : seconds * 1000;
  if (milliseconds === undefined || !Number.isFinite(milliseconds)) {
    throw invalidParameter(name, `cannot parse "${text}" to a valid duration`);
  }
  return milliseconds;
}

/** The `limit` parameter; 0 means no limit. */
export function limitParameter(parameters: URLSearchParams): number {
  const text = parameters.get('limit') ?? '';
  if (text === '') return 0;
  if (!/^\d+$/.test(text)) {
    throw invalidParameter(
      'limit',
      text.startsWith('-')
        ? 'limit must be non-negative'
        : `cannot parse "${text}" to a valid limit`,
    );
  }
  return Number(text);
}

/** The selectors of the `match[]` parameters. */
export function matchParameters(
  parameters: URLSearchParams,
  required: boolean,
): LabelMatcher[][] {
  const texts = parameters.getAll('match[]');
  if (required && texts.length === 0) {
    throw new ApiError('bad_data', 'no match[] parameter provided');
  }
  return texts.map(text => {
    try {
      const expression = parseQuery(text);
      if (expression.kind === 'vectorSelector') return expression.matchers;
    } catch (error) {
      if (error instanceof ParseError) {
        throw invalidParameter('match[]', error.message);
      }
      throw error;
    }
    throw invalidParameter(
      'match[]',
      `1:1: parse error: expected a series selector, got ${JSON.stringify(
        text,
      )}`,
    );
  });
}
