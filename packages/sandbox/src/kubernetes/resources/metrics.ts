import type { MemoryStore } from '../storage/memory-store';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../../clock';
import type { KubernetesObject } from '../store';
import { defineKind } from './define';
import type { ResourceType } from './resource';

/** What something uses now. */
export interface Usage {
  /** CPU cores. */
  cores: number;
  /** Working set in bytes. */
  memoryBytes: number;
}

/** Where the resource metrics API takes its values from; undefined where nothing is known. */
export interface MetricsSource {
  node(node: KubernetesObject): Usage | undefined;
  /** Usage by container. */
  pod(pod: KubernetesObject): Record<string, Usage> | undefined;
}

function quantities({ cores, memoryBytes }: Usage) {
  return {
    cpu: `${Math.round(cores * 1e9)}n`,
    memory: `${Math.round(memoryBytes / 1024)}Ki`,
  };
}

/** Kinds of `metrics.k8s.io`, computed whenever they are asked for. */
export function metricsKinds(
  store: MemoryStore,
  clock: Clock,
  source: MetricsSource,
): ResourceType[] {
  const document = (kind: string, of: KubernetesObject) => ({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind,
    metadata: {
      name: of.metadata.name,
      ...(of.metadata.namespace ? { namespace: of.metadata.namespace } : {}),
      ...(of.metadata.labels ? { labels: of.metadata.labels } : {}),
      creationTimestamp: timestamp(clock.now()),
    },
    timestamp: timestamp(clock.now()),
    window: '15s',
  });
  const nodes = () =>
    store.list('nodes').flatMap(node => {
      const usage = source.node(node);
      return usage
        ? [{ ...document('NodeMetrics', node), usage: quantities(usage) }]
        : [];
    });
  const pods = (namespace?: string) =>
    store.list('pods', namespace).flatMap(pod => {
      const usage = source.pod(pod);
      const containers = Object.entries(usage ?? {}).map(([name, used]) => ({
        name,
        usage: quantities(used),
      }));
      return usage ? [{ ...document('PodMetrics', pod), containers }] : [];
    });
  return [
    {
      ...defineKind('metrics.k8s.io', ['v1beta1'], 'NodeMetrics', {
        plural: 'nodes',
        namespaced: false,
        verbs: ['get', 'list'],
      }),
      compute: nodes,
    },
    {
      ...defineKind('metrics.k8s.io', ['v1beta1'], 'PodMetrics', {
        plural: 'pods',
        verbs: ['get', 'list'],
      }),
      compute: pods,
    },
  ];
}
