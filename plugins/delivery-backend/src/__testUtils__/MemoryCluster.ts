import {
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type ListOptions,
  type ObjectKey,
  type Patch,
  type PodLogOptions,
  type ResourceType,
  type WatchEvent,
  type WriteOptions,
} from '@orrery/backstage-plugin-orrery-node';
import { mergePatch, strategicPatch } from './patches';

/** A write that reached the cluster, for tests to look at. */
export type Write = {
  verb: 'create' | 'replace' | 'patch' | 'delete';
  plural: string;
  name: string;
  options: WriteOptions;
  body: unknown;
};

type Listener = (event: WatchEvent<KubernetesObject>) => void;

/**
 * One cluster in memory: objects of any kind with resource versions,
 * generations, merge and strategic patches, dry runs and watches. It has no
 * controllers: a test plays them with {@link MemoryCluster.put}.
 */
export class MemoryCluster implements ClusterClient {
  readonly writes: Write[] = [];
  readonly logs = new Map<string, string[]>();
  /** Consulted before every request; throw to refuse it. */
  beforeRequest: (verb: string, plural: string, name?: string) => void = () =>
    undefined;
  readonly #objects = new Map<string, Map<string, KubernetesObject>>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #cluster: string;
  #version = 100;

  constructor(cluster = 'kepler') {
    this.#cluster = cluster;
  }

  /** Stores an object as a controller would: no write is recorded. */
  put(type: ResourceType, object: KubernetesObject): KubernetesObject {
    const before = this.peek(type, object.metadata);
    this.#version += 1;
    const isSpecChanged =
      JSON.stringify(before?.spec) !== JSON.stringify(object.spec);
    const generation = before?.metadata.generation ?? 0;
    const stored: KubernetesObject = structuredClone({
      ...object,
      metadata: {
        uid: `uid-${type.plural}-${object.metadata.name}`,
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...object.metadata,
        generation: isSpecChanged ? generation + 1 : generation,
        resourceVersion: String(this.#version),
      },
    });
    this.#collection(type).set(keyOf(object.metadata), stored);
    this.#tell(type, { type: before ? 'MODIFIED' : 'ADDED', object: stored });
    return stored;
  }

  /** Takes an object away without recording a write. */
  remove(type: ResourceType, key: ObjectKey): void {
    const object = this.peek(type, key);
    if (object && this.#collection(type).delete(keyOf(key))) {
      this.#tell(type, { type: 'DELETED', object });
    }
  }

  /** What is stored, without a request. */
  peek(type: ResourceType, key: ObjectKey): KubernetesObject | undefined {
    return this.#collection(type).get(keyOf(key));
  }

  /** All that is stored of a kind, without a request. */
  peekAll(type: ResourceType): KubernetesObject[] {
    return [...this.#collection(type).values()];
  }

  async list<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    { namespace, labelSelector }: ListOptions = {},
  ) {
    this.#request('list', cluster, type);
    const wanted = (labelSelector ?? '')
      .split(',')
      .filter(Boolean)
      .map(pair => pair.split('='));
    const items = [...this.#collection(type).values()].filter(
      ({ metadata }) =>
        (!namespace || metadata.namespace === namespace) &&
        wanted.every(([name, value]) => metadata.labels?.[name] === value),
    );
    return {
      items: structuredClone(items) as T[],
      resourceVersion: String(this.#version),
    };
  }

  async get<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
  ): Promise<T> {
    this.#request('get', cluster, type, key.name);
    return structuredClone(this.#existing(type, key)) as T;
  }

  async getFromPod(): Promise<never> {
    throw new KubernetesError(this.#cluster, 503, 'Unreachable', 'Nobody home');
  }

  async *podLog(
    cluster: string,
    pod: ObjectKey,
    options: PodLogOptions & { follow?: boolean },
  ): AsyncGenerator<string> {
    const type = { group: '', version: 'v1', plural: 'pods', namespaced: true };
    this.#request('log', cluster, type, pod.name);
    const lines = this.logs.get(pod.name) ?? [];
    yield* options.tailLines ? lines.slice(-options.tailLines) : lines;
  }

  async create<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    object: T,
    options: WriteOptions = {},
  ): Promise<T> {
    const { name } = object.metadata;
    this.#request('create', cluster, type, name);
    if (this.peek(type, object.metadata)) {
      throw new KubernetesError(
        cluster,
        409,
        'AlreadyExists',
        `${type.plural} "${name}" already exists`,
      );
    }
    return this.#write('create', type, object, options) as T;
  }

  async replace<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    object: T,
    options: WriteOptions = {},
  ): Promise<T> {
    const { name, resourceVersion } = object.metadata;
    this.#request('replace', cluster, type, name);
    this.#refuseStale(type, object.metadata, resourceVersion);
    return this.#write('replace', type, object, options) as T;
  }

  async patch<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
    patch: Patch,
    options: WriteOptions = {},
  ): Promise<T> {
    this.#request('patch', cluster, type, key.name);
    if (patch.type === 'json') {
      throw new Error('No JSON patches here');
    }
    if (patch.type === 'apply') {
      const present = this.peek(type, key);
      const applied = mergePatch(present ?? {}, patch.object);
      return this.#write(
        'patch',
        type,
        applied as KubernetesObject,
        options,
        patch.object,
      ) as T;
    }
    const before = this.#existing(type, key);
    const version = Reflect.get(
      Reflect.get(patch.patch, 'metadata') ?? {},
      'resourceVersion',
    );
    this.#refuseStale(type, key, version);
    const change = patch.type === 'merge' ? mergePatch : strategicPatch;
    const after = change(before, patch.patch) as KubernetesObject;
    return this.#write('patch', type, after, options, patch.patch) as T;
  }

  async delete(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
    options: WriteOptions = {},
  ): Promise<void> {
    this.#request('delete', cluster, type, key.name);
    this.#existing(type, key);
    if (!options.dryRun) {
      this.#record('delete', type, key.name, options, undefined);
      this.remove(type, key);
    }
  }

  async *watch<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<WatchEvent<T>> {
    this.#request('watch', cluster, type);
    const waiting: WatchEvent<KubernetesObject>[] = [];
    const bell = { ring: () => undefined as void };
    const listener: Listener = event => {
      waiting.push(event);
      bell.ring();
    };
    const name = `${type.group}/${type.plural}`;
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    signal.addEventListener('abort', () => bell.ring());
    const rung = () =>
      new Promise<void>(resolve => {
        bell.ring = resolve;
        if (waiting.length > 0 || signal.aborted) {
          resolve();
        }
      });
    yield { type: 'OPENED' };
    while (!signal.aborted) {
      yield* waiting.splice(0) as WatchEvent<T>[];
      await rung();
    }
    listeners.delete(listener);
  }

  #request(verb: string, cluster: string, type: ResourceType, name?: string) {
    if (cluster !== this.#cluster) {
      throw new KubernetesError(cluster, 404, 'NotFound', 'No such cluster');
    }
    this.beforeRequest(verb, type.plural, name);
  }

  #existing(type: ResourceType, key: ObjectKey): KubernetesObject {
    const object = this.peek(type, key);
    if (!object) {
      throw new KubernetesError(
        this.#cluster,
        404,
        'NotFound',
        `${type.plural} "${key.name}" not found`,
      );
    }
    return object;
  }

  #refuseStale(type: ResourceType, key: ObjectKey, version?: string): void {
    const current = this.#existing(type, key).metadata.resourceVersion;
    if (version !== undefined && version !== current) {
      throw new KubernetesError(
        this.#cluster,
        409,
        'Conflict',
        `${type.plural} "${key.name}": the object has been modified`,
      );
    }
  }

  #write(
    verb: Write['verb'],
    type: ResourceType,
    object: KubernetesObject,
    options: WriteOptions,
    body: unknown = object,
  ): KubernetesObject {
    if (options.dryRun) {
      return structuredClone(object);
    }
    this.#record(verb, type, object.metadata.name, options, body);
    return structuredClone(this.put(type, object));
  }

  #record(
    verb: Write['verb'],
    { plural }: ResourceType,
    name: string,
    options: WriteOptions,
    body: unknown,
  ): void {
    this.writes.push({ verb, plural, name, options, body });
  }

  #collection({ group, plural }: ResourceType): Map<string, KubernetesObject> {
    const name = `${group}/${plural}`;
    const present = this.#objects.get(name) ?? new Map();
    this.#objects.set(name, present);
    return present;
  }

  #tell(
    { group, plural }: ResourceType,
    event: WatchEvent<KubernetesObject>,
  ): void {
    for (const listener of this.#listeners.get(`${group}/${plural}`) ?? []) {
      listener(structuredClone(event));
    }
  }
}

function keyOf({ namespace, name }: ObjectKey): string {
  return `${namespace ?? ''}/${name}`;
}
