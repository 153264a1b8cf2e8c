import {
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type ObjectKey,
  type Patch,
  type ResourceType,
  type WatchEvent,
  type WriteOptions,
} from '@orrery/backstage-plugin-orrery-node';

function untouched(): Promise<never> {
  return Promise.reject(new Error('Orrery does not do this'));
}

function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result: Record<string, unknown> = { ...(target as object) };
  for (const [name, value] of Object.entries(patch)) {
    result[name] = merged(result[name], value);
  }
  return result;
}

/** One Deployment `order` in namespaces that can be listed, and the patches it got. */
export class FakeCluster implements ClusterClient {
  order: KubernetesObject = {
    metadata: {
      name: 'order',
      namespace: 'wealth',
      resourceVersion: '41',
      generation: 1,
    },
    spec: { replicas: 1, template: { metadata: { labels: { app: 'order' } } } },
    status: {
      observedGeneration: 2,
      replicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
    },
  };
  readonly patches: { patch: Patch; options?: WriteOptions }[] = [];

  async list<T extends KubernetesObject>(cluster: string) {
    if (cluster !== 'kepler') {
      throw new KubernetesError(cluster, 403, 'Forbidden', 'Not for you');
    }
    const items: KubernetesObject[] = [
      {
        metadata: { name: 'wealth', labels: { 'istio-injection': 'enabled' } },
      },
      {
        metadata: {
          name: 'edge',
          labels: { 'istio.io/dataplane-mode': 'ambient' },
        },
      },
      { metadata: { name: 'default' } },
    ];
    return { items: items as T[], resourceVersion: '1' };
  }

  async *watch<T extends KubernetesObject>(
    _cluster: string,
    _type: ResourceType,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<WatchEvent<T>> {
    yield { type: 'OPENED' };
    await new Promise(resolve => {
      signal.addEventListener('abort', resolve);
    });
  }

  async get<T extends KubernetesObject>(
    cluster: string,
    _type: ResourceType,
    { name }: ObjectKey,
  ): Promise<T> {
    if (name !== 'order') {
      throw new KubernetesError(
        cluster,
        404,
        'NotFound',
        `deployments.apps "${name}" not found`,
      );
    }
    return this.order as T;
  }

  async patch<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
    patch: Patch,
    options?: WriteOptions,
  ): Promise<T> {
    await this.get(cluster, type, key);
    this.patches.push({ patch, options });
    const body = 'patch' in patch ? patch.patch : {};
    const after = merged(this.order, body) as T;
    if (!options?.dryRun) {
      this.order = {
        ...after,
        metadata: { ...after.metadata, resourceVersion: '42', generation: 2 },
      };
    }
    return after;
  }

  getFromPod = untouched;
  podLog = (): never => {
    throw new Error('Nobody reads logs here');
  };
  create = untouched;
  replace = untouched;
  delete = untouched;
}
