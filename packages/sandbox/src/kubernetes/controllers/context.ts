import type { Clock } from '../../clock';
import type { Random } from '../../random';
import type { MemoryStore } from '../storage/memory-store';
import type { KubernetesObject, ObjectChange } from '../store';
import type { EventRecorder } from './events';
import type { OwnerIndex } from './owner-index';

/** How a pod fares, as decided by whoever simulates its program. */
export type PodHealth = 'healthy' | 'unready' | 'crashing';

/** What an instant query answered: the value of a scalar, or those of a vector's series. */
export interface MetricAnswer {
  type: 'scalar' | 'vector';
  values: readonly number[];
}

/** What controllers may ask of the world around the cluster. */
export interface ClusterHooks {
  /** Changes a pod that a controller is about to create, as sidecar injection does. */
  mutatePod?: (
    pod: KubernetesObject,
    namespace: KubernetesObject | undefined,
  ) => KubernetesObject;
  /** Whether a registry would serve an image; all do unless told otherwise. */
  imageExists?: (image: string) => boolean;
  /** How a pod's program fares; asked whenever the pod is looked at. */
  podHealth?: (pod: KubernetesObject) => PodHealth;
  /** Evaluates PromQL at this instant; rejects with what is wrong with it. */
  queryMetrics?: (query: string) => Promise<MetricAnswer>;
  /** Posts JSON to a webhook; rejects when it cannot be reached in time. */
  postWebhook?: (
    url: string,
    body: unknown,
    timeoutMilliseconds: number,
  ) => Promise<{ status: number; body: string }>;
}

/** What every controller works with. */
export interface ControllerContext {
  store: MemoryStore;
  clock: Clock;
  random: Random;
  owners: OwnerIndex;
  events: EventRecorder;
  hooks: ClusterHooks;
  /** The collection of a kind, as owner references name it. */
  resourceOf(apiVersion: string, kind: string): string | undefined;
  /** Every collection whose objects live in namespaces. */
  namespacedResources(): string[];
  /** True while a world is brought to its end state: nothing takes time then. */
  readonly settling: boolean;
}

/** Asks for a key to be synced, at once or at an instant. */
export type Enqueue = (key: string, due?: number) => void;

/** Moves one kind of object towards what its spec asks for. */
export interface Controller {
  readonly name: string;
  /** Notes what a change means for this controller's keys. */
  observe(change: ObjectChange, enqueue: Enqueue): void;
  /** Brings one key up to date; may ask to look again later. */
  sync(key: string, enqueue: Enqueue): void;
}

/** Key of a namespaced object: namespace, slash, name. */
export function keyOf(object: KubernetesObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

/** Namespace and name of a key. */
export function splitKey(key: string): [string | undefined, string] {
  const slash = key.indexOf('/');
  return slash < 0
    ? [undefined, key]
    : [key.slice(0, slash), key.slice(slash + 1)];
}
