import {
  ExecutionError,
  ParseError,
  QueryCanceledError,
  QueryTimeoutError,
} from '../promql/errors';

/** Error types of the Prometheus HTTP API, with the status each one is sent with. */
const STATUS = {
  bad_data: 400,
  not_found: 404,
  method_not_allowed: 405,
  execution: 422,
  canceled: 499,
  internal: 500,
  timeout: 503,
  unavailable: 503,
} as const;

export type ApiErrorType = keyof typeof STATUS;

/** A refusal in the form of the Prometheus HTTP API. */
export class ApiError extends Error {
  readonly type: ApiErrorType;

  constructor(type: ApiErrorType, message: string) {
    super(message);
    this.name = 'ApiError';
    this.type = type;
  }

  get status(): number {
    return STATUS[this.type];
  }
}

/** A parameter that could not be used, in Prometheus's wording. */
export function invalidParameter(name: string, detail: string): ApiError {
  return new ApiError('bad_data', `invalid parameter "${name}": ${detail}`);
}

/** Any failure of a request as the API reports it. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ParseError) {
    return invalidParameter('query', error.message);
  }
  if (error instanceof ExecutionError) {
    return new ApiError('execution', error.message);
  }
  if (error instanceof QueryTimeoutError) {
    return new ApiError('timeout', error.message);
  }
  if (error instanceof QueryCanceledError) {
    return new ApiError('canceled', error.message);
  }
  return new ApiError(
    'internal',
    error instanceof Error ? error.message : String(error),
  );
}
