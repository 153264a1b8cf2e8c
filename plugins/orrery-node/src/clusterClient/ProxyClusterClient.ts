import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { KubernetesError } from './KubernetesError';
import { ProxyTransport, REQUEST_TIMEOUT_MILLISECONDS } from './ProxyTransport';
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
/** How much later than agreed a watch may end before it counts as dead. */
const WATCH_GRACE_MILLISECONDS = 5_000;

/**
 * Reaches clusters through the Kubernetes plugin's own proxy with this
 * plugin's credentials, so that every cluster locator and authentication
 * strategy of that plugin works unchanged.
 *
 * @public
 */
export class ProxyClusterClient implements ClusterClient {
  readonly #transport: ProxyTransport;

  constructor(options: { discovery: DiscoveryService; auth: AuthService }) {
    this.#transport = new ProxyTransport(options);
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
      const page = await this.#transport.json<{
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
    return this.#transport.json(
      cluster,
      objectPath(type, key.namespace, key.name),
      {},
    );
  }

  async getFromPod(
    cluster: string,
    pod: ObjectKey,
    port: number,
    path: string,
  ): Promise<unknown> {
    return this.#transport.json(cluster, podProxyPath(pod, port, path), {});
  }

  async *podLog(
    cluster: string,
    pod: ObjectKey,
    options: PodLogOptions & { follow?: boolean },
  ): AsyncGenerator<string> {
    const { path, query } = podLogRequest(pod, options);
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
    const signals = [options.signal, options.follow ? undefined : timeout];
    const response = await this.#transport.fetch(cluster, path, {
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
    return this.#transport.json(
      cluster,
      objectPath(type, object.metadata.namespace),
      {
        method: 'POST',
        query: writeQuery(options),
        body: object,
        impersonateUser: options.impersonateUser,
      },
    );
  }

  async replace<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    object: T,
    options: WriteOptions = {},
  ): Promise<T> {
    const { namespace, name } = object.metadata;
    const path = objectPath(type, namespace, name, options.subresource);
    return this.#transport.json(cluster, path, {
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
    return this.#transport.json(cluster, path, {
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
    await this.#transport.json(
      cluster,
      objectPath(type, key.namespace, key.name),
      {
        method: 'DELETE',
        query: writeQuery(options),
        impersonateUser: options.impersonateUser,
      },
    );
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
    const response = await this.#transport.fetch(
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
}
