import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { connectionFailure } from '../connectionFailure';
import { KubernetesError } from './KubernetesError';
import { readLines } from './readLines';
import type {
  ClusterClient,
  KubernetesObject,
  ListOptions,
  ObjectKey,
  ObjectList,
  Patch,
  PodLogOptions,
  ResourceType,
  WatchEvent,
  WriteOptions,
} from './types';
import {
  objectPath,
  patchBody,
  podLogRequest,
  podProxyPath,
  writeQuery,
} from './requests';

const PAGE_SIZE = 500;
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;
/** How much later than agreed a watch may end before it counts as dead. */
const WATCH_GRACE_MILLISECONDS = 5_000;

type RequestOptions = {
  method?: string;
  query?: URLSearchParams;
  body?: object;
  contentType?: string;
  impersonateUser?: string;
  accept?: string;
  signal?: AbortSignal;
};

/**
 * Reaches clusters through the Kubernetes plugin's own proxy with this
 * plugin's credentials, so that every cluster locator and authentication
 * strategy of that plugin works unchanged.
 *
 * @public
 */
export class ProxyClusterClient implements ClusterClient {
  readonly #discovery: DiscoveryService;
  readonly #auth: AuthService;

  constructor(options: { discovery: DiscoveryService; auth: AuthService }) {
    this.#discovery = options.discovery;
    this.#auth = options.auth;
  }

  async list<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    options: ListOptions = {},
  ): Promise<ObjectList<T>> {
    const items: T[] = [];
    let resourceVersion = '';
    let next: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
      for (const name of ['labelSelector', 'fieldSelector'] as const) {
        const value = options[name];
        if (value) {
          query.set(name, value);
        }
      }
      if (next) {
        query.set('continue', next);
      }
      const page = await this.#json<{
        items?: T[];
        metadata?: { resourceVersion?: string; continue?: string };
      }>(cluster, objectPath(type, options.namespace), {
        query,
        signal: options.signal,
      });
      items.push(...(page.items ?? []));
      resourceVersion = page.metadata?.resourceVersion ?? '';
      next = page.metadata?.continue || undefined;
    } while (next);
    return { items, resourceVersion };
  }

  async get<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
  ): Promise<T> {
    return this.#json(cluster, objectPath(type, key.namespace, key.name), {});
  }

  async getFromPod(
    cluster: string,
    pod: ObjectKey,
    port: number,
    path: string,
  ): Promise<unknown> {
    return this.#json(cluster, podProxyPath(pod, port, path), {});
  }

  async *podLog(
    cluster: string,
    pod: ObjectKey,
    options: PodLogOptions & { follow?: boolean },
  ): AsyncGenerator<string> {
    const { path, query } = podLogRequest(pod, options);
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
    const signals = [options.signal, options.follow ? undefined : timeout];
    const response = await this.#fetch(cluster, path, {
      query,
      accept: '*/*',
      signal: AbortSignal.any(signals.filter(signal => signal !== undefined)),
    });
    if (response.body) {
      yield* readLines(response.body);
    }
  }

  async create<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    object: T,
    options: WriteOptions = {},
  ): Promise<T> {
    return this.#json(cluster, objectPath(type, object.metadata.namespace), {
      method: 'POST',
      query: writeQuery(options),
      body: object,
      impersonateUser: options.impersonateUser,
    });
  }

  async replace<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    object: T,
    options: WriteOptions = {},
  ): Promise<T> {
    const { namespace, name } = object.metadata;
    const path = objectPath(type, namespace, name, options.subresource);
    return this.#json(cluster, path, {
      method: 'PUT',
      query: writeQuery(options),
      body: object,
      impersonateUser: options.impersonateUser,
    });
  }

  async patch<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
    patch: Patch,
    options: WriteOptions = {},
  ): Promise<T> {
    const query = writeQuery(options);
    if (patch.type === 'apply' && patch.force) {
      query.set('force', 'true');
    }
    const { namespace, name } = key;
    const path = objectPath(type, namespace, name, options.subresource);
    return this.#json(cluster, path, {
      method: 'PATCH',
      query,
      ...patchBody(patch),
      impersonateUser: options.impersonateUser,
    });
  }

  async delete(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
    options: WriteOptions = {},
  ): Promise<void> {
    await this.#json(cluster, objectPath(type, key.namespace, key.name), {
      method: 'DELETE',
      query: writeQuery(options),
      impersonateUser: options.impersonateUser,
    });
  }

  async *watch<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    options: {
      resourceVersion: string;
      timeoutSeconds: number;
      namespace?: string;
      signal: AbortSignal;
    },
  ): AsyncGenerator<WatchEvent<T>> {
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: options.resourceVersion,
      // The proxy keeps an upstream watch open when its client goes away, so
      // every watch must end by itself.
      timeoutSeconds: String(options.timeoutSeconds),
    });
    // When the API server's side breaks, the proxy leaves ours open and
    // silent; only our own clock can tell.
    const deadline = AbortSignal.timeout(
      options.timeoutSeconds * 1000 + WATCH_GRACE_MILLISECONDS,
    );
    const response = await this.#fetch(
      cluster,
      objectPath(type, options.namespace),
      { query, signal: AbortSignal.any([options.signal, deadline]) },
    );
    yield { type: 'OPENED' };
    if (!response.body) {
      return;
    }
    for await (const line of readLines(response.body)) {
      const event: { type: string; object: T } = JSON.parse(line);
      if (event.type === 'ERROR') {
        const code = Number(Reflect.get(event.object, 'code'));
        throw KubernetesError.fromBody(
          cluster,
          Number.isInteger(code) ? code : 500,
          JSON.stringify(event.object),
        );
      }
      if (event.type === 'BOOKMARK') {
        const { resourceVersion = '' } = event.object.metadata;
        yield { type: 'BOOKMARK', resourceVersion };
      } else if (
        event.type === 'ADDED' ||
        event.type === 'MODIFIED' ||
        event.type === 'DELETED'
      ) {
        yield { type: event.type, object: event.object };
      }
    }
  }

  async #json<T>(
    cluster: string,
    path: string,
    options: RequestOptions,
  ): Promise<T> {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
    const response = await this.#fetch(cluster, path, {
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

  async #fetch(
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
