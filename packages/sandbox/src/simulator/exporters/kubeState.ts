import type { KubernetesObject, ObjectChange } from '../../kubernetes/store';
import type { Exporter, ExporterContext } from './exporter';
import { kubeStateMetrics } from './kubeStateMetrics';
import { kubeStateSamples } from './kubeStateSamples';
import { ObjectSeries } from './objectSeries';

const keyOf = (resource: string, object: KubernetesObject) =>
  `${resource}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;

/** kube-state-metrics: series that follow the objects of the cluster. */
export function createKubeState({
  store,
  sink,
  past,
}: ExporterContext): Exporter {
  for (const [name, type, help] of kubeStateMetrics) {
    sink.declare(name, type, help);
  }
  const series = new ObjectSeries(sink, past.end);
  // Objects change several times between two scrapes: only their last state counts.
  const changed = new Map<
    string,
    { resource: string; object?: KubernetesObject }
  >();
  for (const resource of Object.keys(kubeStateSamples)) {
    for (const object of store.list(resource)) {
      changed.set(keyOf(resource, object), { resource, object });
    }
  }
  const close = store.onChange(({ type, resource, object }: ObjectChange) => {
    if (!(resource in kubeStateSamples)) return;
    changed.set(keyOf(resource, object), {
      resource,
      object: type === 'DELETED' ? undefined : object,
    });
  });
  return {
    close,
    *publish() {
      let done = 0;
      for (const [key, { resource, object }] of changed) {
        changed.delete(key);
        if (object) {
          series.set(
            key,
            kubeStateSamples[resource](object),
            Date.parse(object.metadata.creationTimestamp ?? '') || past.end,
          );
        } else series.delete(key);
        if (++done % 20 === 0) yield;
      }
    },
  };
}
