import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';

type Reference = { name?: string };

/** The part of a container that tells where its configuration comes from. */
export type ContainerSpec = {
  name: string;
  args?: string[];
  command?: string[];
  env?: {
    name: string;
    value?: string;
    valueFrom?: { configMapKeyRef?: Reference };
  }[];
  envFrom?: { configMapRef?: Reference }[];
};

/** The part of a pod template that tells where its configuration comes from. */
export type TemplateSpec = {
  containers?: ContainerSpec[];
  initContainers?: ContainerSpec[];
  volumes?: {
    name: string;
    configMap?: Reference;
    projected?: { sources?: { configMap?: Reference }[] };
  }[];
};

/** A workload with its pod template. */
export type WorkloadWithTemplate = {
  kind: keyof typeof WORKLOAD_TYPES;
  object: KubernetesObject;
  annotations: Record<string, string>;
  labels: Record<string, string>;
  spec: TemplateSpec;
};

/** Kinds whose pods read configuration and can be restarted. */
export const WORKLOAD_TYPES = {
  Deployment: RESOURCE_TYPES.deployments,
  StatefulSet: RESOURCE_TYPES.statefulSets,
  DaemonSet: RESOURCE_TYPES.daemonSets,
  Rollout: RESOURCE_TYPES.rollouts,
} as const;

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function withTemplate(
  kind: WorkloadWithTemplate['kind'],
  object: KubernetesObject,
): WorkloadWithTemplate {
  const template = asObject(asObject(object.spec).template);
  const metadata = asObject(template.metadata);
  return {
    kind,
    object,
    annotations: {
      ...object.metadata.annotations,
      ...(asObject(metadata.annotations) as Record<string, string>),
    },
    labels: {
      ...object.metadata.labels,
      ...(asObject(metadata.labels) as Record<string, string>),
    },
    spec: asObject(template.spec),
  };
}

/**
 * The workloads of a namespace.
 *
 * @throws KubernetesError; a kind that the cluster does not have counts as none
 */
export async function workloadsOf(
  client: ClusterClient,
  cluster: string,
  namespace: string,
): Promise<WorkloadWithTemplate[]> {
  const kinds = Object.keys(WORKLOAD_TYPES) as WorkloadWithTemplate['kind'][];
  const lists = await Promise.all(
    kinds.map(async kind => {
      try {
        const { items } = await client.list(cluster, WORKLOAD_TYPES[kind], {
          namespace,
        });
        return items.map(object => withTemplate(kind, object));
      } catch (error) {
        if (
          kind === 'Rollout' &&
          error instanceof Error &&
          error.name === 'NotFoundError'
        ) {
          return [];
        }
        throw error;
      }
    }),
  );
  return lists.flat();
}

/** All containers of a workload. */
export function containersOf({ spec }: WorkloadWithTemplate): ContainerSpec[] {
  return [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
}
