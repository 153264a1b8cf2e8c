/** Names that Backstage's error middleware maps to HTTP status codes. */
const ERROR_NAMES: Record<number, string> = {
  400: 'InputError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  422: 'InputError',
};

/** What JSON says; undefined where it is none. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

/** A text that says something. */
function textOf(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/**
 * An API server's refusal, with its own message and reason.
 *
 * @public
 */
export class KubernetesError extends Error {
  readonly statusCode: number;
  readonly reason: string;
  readonly cluster: string;

  constructor(
    cluster: string,
    statusCode: number,
    reason: string,
    message: string,
  ) {
    super(message);
    this.name = ERROR_NAMES[statusCode] ?? 'ServiceUnavailableError';
    this.statusCode = statusCode;
    this.reason = reason;
    this.cluster = cluster;
  }

  /** Reads a `Status` object, or whatever came instead of one. */
  static fromBody(
    cluster: string,
    statusCode: number,
    body: string,
  ): KubernetesError {
    const status = parsed(body);
    // The proxy of the Kubernetes plugin tells of itself below `error`.
    const said =
      textOf(status, 'message') ??
      textOf(memberOf(status, 'error'), 'message') ??
      body.slice(0, 200);
    const isOwn = textOf(status, 'message') !== undefined;
    return new KubernetesError(
      cluster,
      statusCode,
      textOf(status, 'reason') ?? 'Unknown',
      isOwn ? said : `Cluster ${cluster} answered ${statusCode}: ${said}`,
    );
  }
}
