import type { SeriesWriter } from '../../prometheus/storage';
import { createRandom } from '../../random';
import type { LivePod } from '../live/model';
import type { Exporter, ExporterContext } from './exporter';
import {
  componentBuilders,
  declarations,
  histograms,
  seconds,
} from './controlPlaneMetrics';
import { HistogramMeter, Meter } from './meter';

interface Component {
  meters: { meter: Meter; rate: () => number }[];
  durations: { meter: HistogramMeter; rate: () => number }[];
  gauges: { writer: SeriesWriter; at: (milliseconds: number) => number }[];
}

/** API servers, etcd, CoreDNS and istiod: one set of series per running pod. */
export function createControlPlane(context: ExporterContext): Exporter {
  const { sink, past, seed, effects, engine } = context;
  for (const [name, type, help] of declarations) sink.declare(name, type, help);
  for (const [name, help] of histograms)
    sink.declare(name, 'histogram', help, seconds);
  const components = new Map<string, Component>();
  let last = past.end;

  const builders = componentBuilders(context);

  const jobs: Record<string, string> = {
    'kube-apiserver': 'apiserver',
    'kube-dns': 'coredns',
  };

  function open(pod: LivePod, component: string, now: number): Component {
    const base = {
      job: jobs[component] ?? component,
      instance:
        component === 'kube-apiserver' || component === 'etcd'
          ? pod.nodeName ?? ''
          : pod.name,
      namespace: pod.namespace,
      pod: pod.name,
    };
    const random = createRandom(seed).fork(`component/${pod.key}`);
    const created =
      Date.parse(pod.object.metadata.creationTimestamp ?? '') || now;
    const since =
      created < past.end ? Math.max(created, now - 30 * 86_400_000) : now;
    const result: Component = { meters: [], durations: [], gauges: [] };
    const rates = (rate: number) => ({
      basePerSecond: rate,
      trafficPerSecond: 0,
      since,
    });
    builders[component]({
      random: random.next,
      pod,
      counter: (name, labels, rate) => {
        const meter = new Meter(
          sink,
          past,
          name,
          { ...base, ...labels },
          rates(rate()),
          now,
          true,
        );
        result.meters.push({ meter, rate });
      },
      duration: (name, labels, rate, mean) => {
        const moments = { mean, variance: (mean * 0.9) ** 2 };
        const meter = new HistogramMeter(
          sink,
          past,
          name,
          { ...base, ...labels },
          rates(rate()),
          now,
          seconds,
          moments,
        );
        result.durations.push({ meter, rate });
      },
      gauge: (name, labels, at) => {
        // Gauges that count objects have the past that the present suggests.
        const writer = sink.open(name, { ...base, ...labels }, time =>
          time >= since ? at(time) : undefined,
        );
        result.gauges.push({ writer, at });
      },
    });
    return result;
  }

  const componentOf = (pod: LivePod) => {
    const name =
      pod.labels.component ?? pod.labels['k8s-app'] ?? pod.labels.app;
    return name !== undefined && name in builders ? name : undefined;
  };

  return {
    *publish(now) {
      const elapsed = Math.max(now - last, 0) / 1000;
      last = now;
      const seen = new Set<string>();
      for (const namespace of ['kube-system', 'istio-system']) {
        for (const pod of engine.cluster.pods.inNamespace(namespace)) {
          const name = componentOf(pod);
          if (!name || effects.isUnreachable(pod.nodeName)) continue;
          seen.add(pod.key);
          let component = components.get(pod.key);
          if (!component)
            components.set(pod.key, (component = open(pod, name, now)));
          for (const { meter, rate } of component.meters)
            meter.add(elapsed * rate());
          for (const { meter, rate } of component.durations)
            meter.add(elapsed * rate());
          for (const { writer, at } of component.gauges) writer.set(at(now));
        }
        yield;
      }
      for (const [key, component] of components) {
        if (seen.has(key)) continue;
        for (const { meter } of [...component.meters, ...component.durations])
          meter.end();
        for (const { writer } of component.gauges) writer.end();
        components.delete(key);
      }
    },
  };
}
