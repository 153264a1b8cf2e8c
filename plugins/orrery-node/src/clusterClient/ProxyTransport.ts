import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { connectionFailure } from '../connectionFailure';
import { KubernetesError } from './KubernetesError';

/** How long a request may take that is no stream. */
export const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

type RequestOptions = {
  method?: string;
  query?: URLSearchParams;
  body?: object;
  contentType?: string;
  impersonateUser?: string;
  accept?: string;
  signal?: AbortSignal;
};

/** Requests to API servers, by way of the Kubernetes plugin's proxy. */
export class ProxyTransport {
  readonly #discovery: DiscoveryService;
  readonly #auth: AuthService;

  constructor(options: { discovery: DiscoveryService; auth: AuthService }) {
    this.#discovery = options.discovery;
    this.#auth = options.auth;
  }

  /** Answers what the cluster answered, which must be JSON, in time. */
  async json<T>(
    cluster: string,
    path: string,
    options: RequestOptions,
  ): Promise<T> {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
    const response = await this.fetch(cluster, path, {
      ...options,
      signal: options.signal
        ? AbortSignal.any([options.signal, timeout])
        : timeout,
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new KubernetesError(
        cluster,
        502,
        'NotJson',
        `Cluster ${cluster} answered something that is not JSON: ${text.slice(
          0,
          100,
        )}`,
      );
    }
  }

  /** @throws KubernetesError for refusals, and where there is no answer */
  async fetch(
    cluster: string,
    path: string,
    options: RequestOptions,
  ): Promise<Response> {
    const { method = 'GET', query, body, contentType } = options;
    const baseUrl = await this.#discovery.getBaseUrl('kubernetes');
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    const search = query?.toString();
    let response: Response;
    try {
      response = await fetch(
        `${baseUrl}/proxy${path}${search ? `?${search}` : ''}`,
        {
          method,
          body: body && JSON.stringify(body),
          headers: {
            Authorization: `Bearer ${token}`,
            'Backstage-Kubernetes-Cluster': cluster,
            // Compressed answers are buffered on the way, which would hold
            // back watch events for minutes.
            'Accept-Encoding': 'identity',
            Accept: options.accept ?? 'application/json',
            ...(body && { 'Content-Type': contentType ?? 'application/json' }),
            ...(options.impersonateUser && {
              'Impersonate-User': options.impersonateUser,
            }),
          },
          signal: options.signal,
        },
      );
    } catch (error) {
      throw new KubernetesError(
        cluster,
        503,
        'Unreachable',
        `Cluster ${cluster} cannot be reached: ${connectionFailure(error)}`,
      );
    }
    if (!response.ok) {
      throw KubernetesError.fromBody(
        cluster,
        response.status,
        await response.text(),
      );
    }
    return response;
  }
}
