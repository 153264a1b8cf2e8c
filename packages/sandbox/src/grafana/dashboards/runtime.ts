import type { Dashboard, Folder, Variable } from '../model';
import { chart, layOut, queried } from './builders';

const variables: readonly Variable[] = [
  queried(
    'namespace',
    'Namespace',
    'label_values(kube_pod_info, namespace)',
    'wealth',
  ),
  queried(
    'pod',
    'Pod',
    'label_values(kube_pod_info{namespace=~"$namespace"}, pod)',
    '$__all',
  ),
];

const pods = 'namespace=~"$namespace",pod=~"$pod"';

const resources = [
  chart('CPU', 'short', [
    [
      `sum(rate(container_cpu_usage_seconds_total{${pods},container!=""}[$__rate_interval])) by (pod)`,
      '{{pod}}',
    ],
  ]),
  chart('Memory', 'bytes', [
    [
      `sum(container_memory_working_set_bytes{${pods},container!=""}) by (pod)`,
      '{{pod}}',
    ],
  ]),
];

/** Heaps and collections of JVMs; most of it is empty where nothing exports it, as in many companies. */
export function jvmRuntime(id: number, folder: Folder): Dashboard {
  return {
    id,
    uid: 'jvm-runtime',
    title: 'JVM Runtime',
    folder,
    tags: ['runtime', 'java'],
    variables,
    panels: layOut([
      ...resources,
      chart('Heap used', 'bytes', [
        [`sum(jvm_memory_used_bytes{${pods},area="heap"}) by (pod)`, '{{pod}}'],
      ]),
      chart('Time in garbage collection', 'percentunit', [
        [
          `sum(rate(jvm_gc_pause_seconds_sum{${pods}}[$__rate_interval])) by (pod)`,
          '{{pod}}',
        ],
      ]),
    ]),
  };
}

/** Goroutines and memory of programs in Go. */
export function goRuntime(id: number, folder: Folder): Dashboard {
  return {
    id,
    uid: 'go-runtime',
    title: 'Go Runtime',
    folder,
    tags: ['runtime', 'go'],
    variables,
    panels: layOut([
      ...resources,
      chart('Goroutines', 'short', [
        ['sum(go_goroutines) by (job)', '{{job}}'],
      ]),
      chart('Heap in use', 'bytes', [
        ['sum(go_memstats_heap_inuse_bytes) by (job)', '{{job}}'],
      ]),
    ]),
  };
}
