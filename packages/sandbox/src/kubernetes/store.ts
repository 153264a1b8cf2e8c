/** Metadata of any Kubernetes object, as far as the sandbox itself reads it. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: {
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller?: boolean;
    blockOwnerDeletion?: boolean;
  }[];
  managedFields?: unknown[];
  finalizers?: string[];
  [field: string]: unknown;
}

/** A Kubernetes object in its JSON form. Stored objects are frozen: replace, never mutate. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

/** One change, in the order of resource versions. */
export interface ObjectChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Plural name and group, `pods` or `deployments.apps`. */
  resource: string;
  object: KubernetesObject;
  previous?: KubernetesObject;
}

/**
 * The cluster's state as simulation code uses it: without HTTP, admission or
 * conflicts. Resources are named `<plural>` or `<plural>.<group>`.
 */
export interface ObjectStore {
  list(resource: string, namespace?: string): readonly KubernetesObject[];
  get(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined;
  /** Creates or replaces, spec and status alike; server-set metadata is filled in. */
  put(resource: string, object: KubernetesObject): KubernetesObject;
  /** Replaces the status subresource only; a no-op when nothing changes. */
  putStatus(
    resource: string,
    namespace: string | undefined,
    name: string,
    status: Record<string, unknown>,
  ): void;
  delete(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined;
  /** Calls back synchronously after every change; returns the way to stop. */
  onChange(listener: (change: ObjectChange) => void): () => void;
}
