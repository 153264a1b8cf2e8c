/**
 * A kind of object as the Kubernetes API addresses it; the core group is `''`.
 *
 * @public
 */
export type ResourceType = {
  group: string;
  version: string;
  plural: string;
  namespaced: boolean;
};

/** Metadata that code here reads; the rest is carried along untouched. @public */
export type ObjectMetadata = {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { kind: string; name: string; controller?: boolean }[];
  [field: string]: unknown;
};

/** Any Kubernetes object. @public */
export type KubernetesObject = {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMetadata;
  [field: string]: unknown;
};

/** @public */
export type ObjectList<T extends KubernetesObject> = {
  items: T[];
  resourceVersion: string;
};

/** @public */
export type WatchEvent<T extends KubernetesObject> =
  /** The API server accepted the watch; what was known is current again. */
  | { type: 'OPENED' }
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; resourceVersion: string };

/** Which object, in which namespace. @public */
export type ObjectKey = { namespace?: string; name: string };

/** @public */
export type ListOptions = {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  signal?: AbortSignal;
};

/** @public */
export type WriteOptions = {
  /** Asks the server to validate and answer without storing. */
  dryRun?: boolean;
  fieldManager?: string;
  /** Acts as this user, where the cluster allows impersonation. */
  impersonateUser?: string;
  /** Writes to this part of the object, which has permissions of its own. */
  subresource?: 'status' | 'scale';
};

/** Which lines of a container's log. @public */
export type PodLogOptions = {
  /** Needed where a pod has several containers. */
  container?: string;
  /** At most so many of the last lines. */
  tailLines?: number;
  sinceSeconds?: number;
  /** The log of the container before its last restart. */
  previous?: boolean;
  signal?: AbortSignal;
};

/**
 * A change to an object. `apply` is server-side apply.
 *
 * @public
 */
export type Patch =
  | { type: 'json'; operations: object[] }
  | { type: 'merge' | 'strategic'; patch: object }
  | { type: 'apply'; object: object; force?: boolean };

/**
 * One interface to all clusters. Every method fails with a
 * {@link KubernetesError} that keeps the API server's own words.
 *
 * @public
 */
export interface ClusterClient {
  /** All objects, fetched in pages. */
  list<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    options?: ListOptions,
  ): Promise<ObjectList<T>>;
  get<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
  ): Promise<T>;
  /**
   * Asks a pod over HTTP through the API server's `pods/proxy`. Paths are
   * fixed by the caller's code, never taken from a request.
   *
   * @returns the parsed JSON of the answer
   */
  getFromPod(
    cluster: string,
    pod: ObjectKey,
    port: number,
    path: string,
  ): Promise<unknown>;
  /**
   * Lines of a container's log, each behind its instant (RFC 3339) and a
   * space. With `follow` the lines go on until the signal aborts or the
   * container ends.
   */
  podLog(
    cluster: string,
    pod: ObjectKey,
    options: PodLogOptions & { follow?: boolean },
  ): AsyncGenerator<string>;
  create<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    object: T,
    options?: WriteOptions,
  ): Promise<T>;
  /** Replaces the object; its `resourceVersion` is the precondition. */
  replace<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    object: T,
    options?: WriteOptions,
  ): Promise<T>;
  patch<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
    patch: Patch,
    options?: WriteOptions,
  ): Promise<T>;
  delete(
    cluster: string,
    type: ResourceType,
    key: ObjectKey,
    options?: WriteOptions,
  ): Promise<void>;
  /**
   * One watch, until the API server ends it after `timeoutSeconds`. A 410 is
   * thrown as a KubernetesError, whether it came as a status or as an event.
   */
  watch<T extends KubernetesObject>(
    cluster: string,
    type: ResourceType,
    options: {
      resourceVersion: string;
      timeoutSeconds: number;
      namespace?: string;
      signal: AbortSignal;
    },
  ): AsyncGenerator<WatchEvent<T>>;
}
