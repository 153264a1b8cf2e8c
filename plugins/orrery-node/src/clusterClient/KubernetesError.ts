/** Names that Backstage's error middleware maps to HTTP status codes. */
const ERROR_NAMES: Record<number, string> = {
  400: 'InputError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  422: 'InputError',
};

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
    let status: unknown;
    try {
      status = JSON.parse(body);
    } catch {
      status = undefined;
    }
    const field = (name: string) => {
      const value =
        typeof status === 'object' && status !== null
          ? Reflect.get(status, name)
          : undefined;
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    return new KubernetesError(
      cluster,
      statusCode,
      field('reason') ?? 'Unknown',
      field('message') ??
        `Cluster ${cluster} answered ${statusCode}: ${body.slice(0, 200)}`,
    );
  }
}
