import { DEFAULT_REVISION, ISTIO_REVISIONS, ISTIO_VERSION } from '../names';
import type { World } from '../types';
import { item, type BuildContext, type Item } from './item';
import { buildMeshConfig, revisionsOf } from './meshConfig';
import { buildStaticPods } from './staticPods';

const AGE_HOURS = 24 * 120;

const EGRESS_GATEWAY = 'istio-egressgateway';

interface SystemWorkload {
  kind: 'Deployment' | 'DaemonSet';
  namespace: string;
  name: string;
  labels: Record<string, string>;
  image: string;
  replicas?: number;
  container: string;
  ports: { name: string; port: number }[];
  serviceType?: string;
  nodeRole?: 'edge' | 'control-plane';
  everyNode?: boolean;
  /** Revision of Istio that configures its proxies. */
  revision?: string;
}

/** A revision's control plane; the default one keeps the plain name. */
function istiod(revision: string): SystemWorkload {
  const isDefault = revision === DEFAULT_REVISION;
  return {
    kind: 'Deployment',
    namespace: 'istio-system',
    name: isDefault ? 'istiod' : `istiod-${revision}`,
    labels: { app: 'istiod', istio: 'pilot', 'istio.io/rev': revision },
    image: `docker.io/istio/pilot:${ISTIO_REVISIONS[revision]}`,
    replicas: isDefault ? 2 : 1,
    container: 'discovery',
    ports: [
      { name: 'grpc-xds', port: 15010 },
      { name: 'https-dns', port: 15012 },
      { name: 'http-monitoring', port: 15014 },
    ],
  };
}

const systemWorkloads: readonly SystemWorkload[] = [
  {
    kind: 'Deployment',
    namespace: 'istio-system',
    name: 'istio-ingressgateway',
    labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
    image: `docker.io/istio/proxyv2:${ISTIO_VERSION}`,
    replicas: 2,
    container: 'istio-proxy',
    ports: [
      { name: 'http2', port: 80 },
      { name: 'https', port: 443 },
    ],
    serviceType: 'LoadBalancer',
    nodeRole: 'edge',
    revision: DEFAULT_REVISION,
  },
  {
    kind: 'Deployment',
    namespace: 'istio-system',
    name: EGRESS_GATEWAY,
    labels: { app: EGRESS_GATEWAY, istio: 'egressgateway' },
    image: `docker.io/istio/proxyv2:${ISTIO_VERSION}`,
    replicas: 1,
    container: 'istio-proxy',
    ports: [
      { name: 'http2', port: 80 },
      { name: 'https', port: 443 },
    ],
    nodeRole: 'edge',
    revision: DEFAULT_REVISION,
  },
  {
    kind: 'DaemonSet',
    namespace: 'istio-system',
    name: 'ztunnel',
    labels: { app: 'ztunnel' },
    image: `docker.io/istio/ztunnel:${ISTIO_VERSION}`,
    container: 'istio-proxy',
    ports: [],
    everyNode: true,
    revision: DEFAULT_REVISION,
  },
  {
    kind: 'Deployment',
    namespace: 'kube-system',
    name: 'coredns',
    labels: { 'k8s-app': 'kube-dns' },
    image: 'registry.k8s.io/coredns/coredns:v1.12.0',
    replicas: 2,
    container: 'coredns',
    ports: [
      { name: 'dns-tcp', port: 53 },
      { name: 'metrics', port: 9153 },
    ],
    nodeRole: 'control-plane',
  },
];

function placement(workload: SystemWorkload): Record<string, unknown> {
  if (workload.everyNode) return { tolerations: [{ operator: 'Exists' }] };
  if (!workload.nodeRole) return {};
  const key = `node-role.kubernetes.io/${workload.nodeRole}`;
  return {
    nodeSelector: { [key]: '' },
    tolerations: [{ key, operator: 'Exists', effect: 'NoSchedule' }],
  };
}

function buildSystemWorkload(
  workload: SystemWorkload,
  context: BuildContext,
): Item[] {
  const metadata = {
    name: workload.name,
    namespace: workload.namespace,
    ageHours: AGE_HOURS,
    labels: workload.labels,
  };
  const items = [
    item(context, 'serviceaccounts', 'v1', 'ServiceAccount', metadata, {}),
    item(
      context,
      workload.kind === 'Deployment' ? 'deployments.apps' : 'daemonsets.apps',
      'apps/v1',
      workload.kind,
      metadata,
      {
        spec: {
          ...(workload.replicas ? { replicas: workload.replicas } : {}),
          selector: { matchLabels: workload.labels },
          template: {
            metadata: {
              labels: {
                ...workload.labels,
                'sidecar.istio.io/inject': 'false',
              },
              ...(workload.revision
                ? { annotations: { 'istio.io/rev': workload.revision } }
                : {}),
            },
            spec: {
              serviceAccountName: workload.name,
              ...placement(workload),
              containers: [
                {
                  name: workload.container,
                  image: workload.image,
                  ports: workload.ports.map(({ name, port }) => ({
                    name,
                    containerPort: port,
                    protocol: 'TCP',
                  })),
                  resources: { requests: { cpu: '100m', memory: '256Mi' } },
                },
              ],
            },
          },
        },
      },
    ),
  ];
  if (workload.ports.length > 0) {
    items.push(
      item(context, 'services', 'v1', 'Service', metadata, {
        spec: {
          type: workload.serviceType ?? 'ClusterIP',
          selector: workload.labels,
          ports: workload.ports.map(({ name, port }) => ({
            name,
            port,
            targetPort: port,
            protocol: 'TCP',
          })),
        },
        ...(workload.serviceType
          ? { status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } } }
          : {}),
      }),
    );
  }
  return items;
}

/** Istio's and Kubernetes' own workloads. */
export function buildSystem(world: World, context: BuildContext): Item[] {
  return [
    ...revisionsOf(world).flatMap(revision => [
      ...buildSystemWorkload(istiod(revision), context),
      buildMeshConfig(revision, context),
    ]),
    ...systemWorkloads
      .filter(({ name }) => name !== EGRESS_GATEWAY || world.egressGateway)
      .flatMap(workload => buildSystemWorkload(workload, context)),
    ...buildStaticPods(world, context),
  ];
}
