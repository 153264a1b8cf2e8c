import type { KubernetesObject } from '../kubernetes/store';
import { ISTIO_VERSION } from './names';

/** Name of the container that Istio adds to a pod. */
export const PROXY_CONTAINER = 'istio-proxy';

/** Whether a namespace's and a pod's labels ask for a sidecar, by Istio's rules for the default revision. */
export function wantsSidecar(
  namespaceLabels: Readonly<Record<string, string>>,
  podLabels: Readonly<Record<string, string>>,
): boolean {
  const own = podLabels['sidecar.istio.io/inject'];
  if (own === 'false') return false;
  if (namespaceLabels['istio-injection'] === 'disabled') return false;
  if (own === 'true') return true;
  return namespaceLabels['istio-injection'] === 'enabled';
}

interface PodSpec {
  hostNetwork?: boolean;
  containers: { name: string }[];
}

function podSpec(pod: KubernetesObject): PodSpec | undefined {
  const containers = pod.spec?.containers;
  if (!Array.isArray(containers)) return undefined;
  return { hostNetwork: pod.spec?.hostNetwork === true, containers };
}

/** Names of a pod's containers, in order. */
export function containerNames(pod: KubernetesObject): string[] {
  return podSpec(pod)?.containers.map(container => container.name) ?? [];
}

/**
 * What Istio's mutating webhook and CNI do to a new pod: adds the proxy
 * container in injected namespaces, marks the redirection in ambient ones.
 * Returns the pod unchanged elsewhere.
 */
export function injectMesh(
  pod: KubernetesObject,
  namespace: KubernetesObject | undefined,
): KubernetesObject {
  const labels = namespace?.metadata.labels ?? {};
  const podLabels = pod.metadata.labels ?? {};
  const spec = podSpec(pod);
  if (!spec || spec.hostNetwork) return pod;
  if (containerNames(pod).includes(PROXY_CONTAINER)) return pod;
  if (wantsSidecar(labels, podLabels)) {
    return {
      ...pod,
      metadata: {
        ...pod.metadata,
        labels: {
          ...podLabels,
          'security.istio.io/tlsMode': 'istio',
          'service.istio.io/canonical-name':
            podLabels['service.istio.io/canonical-name'] ??
            podLabels.app ??
            pod.metadata.name,
          'service.istio.io/canonical-revision':
            podLabels['service.istio.io/canonical-revision'] ??
            podLabels.version ??
            'latest',
        },
        annotations: {
          ...pod.metadata.annotations,
          'kubectl.kubernetes.io/default-container': spec.containers[0].name,
          'prometheus.io/path': '/stats/prometheus',
          'prometheus.io/port': '15020',
          'prometheus.io/scrape': 'true',
          'sidecar.istio.io/status': JSON.stringify({
            initContainers: ['istio-init'],
            containers: [PROXY_CONTAINER],
            revision: 'default',
          }),
        },
      },
      spec: {
        ...pod.spec,
        containers: [
          ...spec.containers,
          {
            name: PROXY_CONTAINER,
            image: `docker.io/istio/proxyv2:${ISTIO_VERSION}`,
            args: ['proxy', 'sidecar'],
            ports: [
              {
                name: 'http-envoy-prom',
                containerPort: 15090,
                protocol: 'TCP',
              },
            ],
            resources: {
              requests: { cpu: '100m', memory: '128Mi' },
              limits: { cpu: '2', memory: '1Gi' },
            },
          },
        ],
      },
    };
  }
  if (
    labels['istio.io/dataplane-mode'] === 'ambient' &&
    podLabels['istio.io/dataplane-mode'] !== 'none'
  ) {
    return {
      ...pod,
      metadata: {
        ...pod.metadata,
        annotations: {
          ...pod.metadata.annotations,
          'ambient.istio.io/redirection': 'enabled',
        },
      },
    };
  }
  return pod;
}
