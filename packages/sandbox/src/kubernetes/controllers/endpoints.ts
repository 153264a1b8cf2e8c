import type { KubernetesObject, ObjectChange } from '../store';
import {
  asNumber,
  asObjects,
  asText,
  asTexts,
  type JsonObject,
} from '../values';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { ownedBy } from './owner-index';
import { isReady } from './pod-state';

const slices = 'endpointslices.discovery.k8s.io';

function matches(
  selector: Record<string, string>,
  labels: Record<string, string> | undefined,
): boolean {
  return (
    labels !== undefined &&
    Object.entries(selector).every(([key, value]) => labels[key] === value)
  );
}

/** The port of a pod that a service port leads to. */
function targetPort(
  port: JsonObject,
  pod: KubernetesObject,
): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') {
    return target;
  }
  for (const container of asObjects(pod.spec?.containers)) {
    for (const entry of asObjects(container.ports)) {
      if (entry.name === target) {
        return asNumber(entry.containerPort);
      }
    }
  }
  return undefined;
}

function namedPorts(service: KubernetesObject, pod: KubernetesObject) {
  return asObjects(service.spec?.ports).flatMap(port => {
    const number = targetPort(port, pod);
    return number === undefined
      ? []
      : [
          {
            name: asText(port.name) ?? '',
            port: number,
            protocol: asText(port.protocol) ?? 'TCP',
            ...(port.appProtocol ? { appProtocol: port.appProtocol } : {}),
          },
        ];
  });
}

/** Keeps EndpointSlices and Endpoints in step with services and their pods. */
export class EndpointsController implements Controller {
  readonly name = 'endpoint-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { resource, object, previous, type } = change;
    if (resource === 'services') {
      enqueue(keyOf(object));
      return;
    }
    if (resource !== 'pods') {
      return;
    }
    const relevant =
      type !== 'MODIFIED' ||
      !previous ||
      object.status?.podIP !== previous.status?.podIP ||
      isReady(object) !== isReady(previous) ||
      object.metadata.deletionTimestamp !==
        previous.metadata.deletionTimestamp ||
      object.metadata.labels !== previous.metadata.labels;
    if (!relevant) {
      return;
    }
    const services = this.#context.store.list(
      'services',
      object.metadata.namespace,
    );
    for (const service of services) {
      const selector = asTexts(service.spec?.selector);
      if (
        Object.keys(selector).length > 0 &&
        (matches(selector, object.metadata.labels) ||
          matches(selector, previous?.metadata.labels))
      ) {
        enqueue(keyOf(service));
      }
    }
  }

  sync(key: string): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const service = store.get('services', namespace, name);
    const sliceName = `${name}-orrery`;
    if (!service || service.metadata.deletionTimestamp) {
      store.delete(slices, namespace, sliceName);
      store.delete('endpoints', namespace, name);
      return;
    }
    const selector = asTexts(service.spec?.selector);
    if (Object.keys(selector).length === 0) {
      return;
    }
    const pods = store
      .list('pods', namespace)
      .filter(
        pod =>
          matches(selector, pod.metadata.labels) &&
          typeof pod.status?.podIP === 'string' &&
          pod.status.phase === 'Running',
      );
    this.#writeSlice(service, sliceName, pods);
    this.#writeEndpoints(service, pods);
  }

  #writeSlice(
    service: KubernetesObject,
    name: string,
    pods: readonly KubernetesObject[],
  ): void {
    const { store } = this.#context;
    const { namespace } = service.metadata;
    const before = store.get(slices, namespace, name);
    store.put(slices, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        ...before?.metadata,
        name,
        namespace,
        labels: {
          ...service.metadata.labels,
          'endpointslice.kubernetes.io/managed-by':
            'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': service.metadata.name,
        },
        ownerReferences: [ownedBy(service)],
      },
      addressType: 'IPv4',
      endpoints: pods.map(pod => ({
        addresses: [pod.status?.podIP],
        conditions: {
          ready: isReady(pod) && !pod.metadata.deletionTimestamp,
          serving: isReady(pod),
          terminating: Boolean(pod.metadata.deletionTimestamp),
        },
        nodeName: pod.spec?.nodeName,
        targetRef: this.#reference(pod),
      })),
      ports: pods.length > 0 ? namedPorts(service, pods[0]) : [],
    });
  }

  #writeEndpoints(
    service: KubernetesObject,
    pods: readonly KubernetesObject[],
  ): void {
    const { store } = this.#context;
    const { namespace, name, labels } = service.metadata;
    const address = (pod: KubernetesObject) => ({
      ip: pod.status?.podIP,
      nodeName: pod.spec?.nodeName,
      targetRef: this.#reference(pod),
    });
    const live = pods.filter(pod => !pod.metadata.deletionTimestamp);
    const ready = live.filter(isReady).map(address);
    const unready = live.filter(pod => !isReady(pod)).map(address);
    const before = store.get('endpoints', namespace, name);
    store.put('endpoints', {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        ...before?.metadata,
        name,
        namespace,
        ...(labels ? { labels } : {}),
      },
      subsets:
        live.length === 0
          ? []
          : [
              {
                ...(ready.length ? { addresses: ready } : {}),
                ...(unready.length ? { notReadyAddresses: unready } : {}),
                ports: namedPorts(service, live[0]),
              },
            ],
    });
  }

  #reference(pod: KubernetesObject): JsonObject {
    const { name, namespace, uid } = pod.metadata;
    return { kind: 'Pod', namespace, name, uid };
  }
}
