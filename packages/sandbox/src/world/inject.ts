import type { KubernetesObject } from '../kubernetes/store';
import { DEFAULT_REVISION, ISTIO_REVISIONS } from './names';

/** Name of the container that Istio adds to a pod. */
export const PROXY_CONTAINER = 'istio-proxy';

type Labels = Readonly<Record<string, string>>;

const REVISION = 'istio.io/rev';

const known = (revision: string | undefined) =>
  revision !== undefined && revision in ISTIO_REVISIONS ? revision : undefined;

/**
 * The revision of Istio that injects a sidecar into a pod, by Istio's rules,
 * or undefined when none does: `istio-injection` of the namespace comes before
 * its revision, and a revision that is not installed injects nothing.
 */
export function injectionRevision(
  namespaceLabels: Labels,
  podLabels: Labels,
): string | undefined {
  const own = podLabels['sidecar.istio.io/inject'];
  const injection = namespaceLabels['istio-injection'];
  if (own === 'false' || injection === 'disabled') return undefined;
  if (injection === 'enabled') return DEFAULT_REVISION;
  const revision = podLabels[REVISION] ?? namespaceLabels[REVISION];
  if (revision !== undefined) return known(revision);
  return own === 'true' ? DEFAULT_REVISION : undefined;
}

/** Whether a namespace's and a pod's labels ask for a sidecar. */
export function wantsSidecar(
  namespaceLabels: Labels,
  podLabels: Labels,
): boolean {
  return injectionRevision(namespaceLabels, podLabels) !== undefined;
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
  const revision = injectionRevision(labels, podLabels);
  if (revision !== undefined) {
    return {
      ...pod,
      metadata: {
        ...pod.metadata,
        labels: {
          ...podLabels,
          [REVISION]: revision,
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
          [REVISION]: revision,
          'kubectl.kubernetes.io/default-container': spec.containers[0].name,
          'prometheus.io/path': '/stats/prometheus',
          'prometheus.io/port': '15020',
          'prometheus.io/scrape': 'true',
          'sidecar.istio.io/status': JSON.stringify({
            initContainers: ['istio-init'],
            containers: [PROXY_CONTAINER],
            revision,
          }),
        },
      },
      spec: {
        ...pod.spec,
        containers: [
          ...spec.containers,
          {
            name: PROXY_CONTAINER,
            image: `docker.io/istio/proxyv2:${ISTIO_REVISIONS[revision]}`,
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
