import { DEFAULT_REVISION, ISTIO_VERSION, kubernetesTime } from '../names';
import type { WaypointSpec, World } from '../types';
import { item, type BuildContext, type Item } from './item';

/** Label by which Istio knows what it made for a Gateway. */
export const MANAGED_GATEWAY = 'gateway.istio.io/managed';

/** Value of that label for waypoints. */
export const WAYPOINT_CONTROLLER = 'istio.io-mesh-controller';

const CLASS = 'istio-waypoint';
const GROUP = 'gateway.networking.k8s.io';
const HBONE_PORT = 15008;
const AGE_HOURS = 24 * 36;

function condition(type: string, reason: string, since: string) {
  return {
    type,
    status: 'True',
    reason,
    message: '',
    observedGeneration: 1,
    lastTransitionTime: since,
  };
}

/** The class that Istio offers for waypoints. */
function buildClass(context: BuildContext): Item {
  const since = kubernetesTime(context.now - AGE_HOURS * 3_600_000);
  return item(
    context,
    `gatewayclasses.${GROUP}`,
    `${GROUP}/v1`,
    'GatewayClass',
    { name: CLASS, ageHours: AGE_HOURS },
    {
      spec: { controllerName: 'istio.io/mesh-controller' },
      status: { conditions: [condition('Accepted', 'Accepted', since)] },
    },
  );
}

/** A waypoint's Gateway with what Istio makes for it: account, Service, Deployment. */
function buildWaypoint(waypoint: WaypointSpec, context: BuildContext): Item[] {
  const { namespace, name, replicas } = waypoint;
  const since = kubernetesTime(context.now - AGE_HOURS * 3_600_000);
  const selector = { [`${GROUP}/gateway-name`]: name };
  const labels = {
    [MANAGED_GATEWAY]: WAYPOINT_CONTROLLER,
    [`${GROUP}/gateway-class-name`]: CLASS,
    ...selector,
  };
  const metadata = { name, namespace, ageHours: AGE_HOURS, labels };
  const status = { name: 'status-port', port: 15021 };
  return [
    item(
      context,
      `gateways.${GROUP}`,
      `${GROUP}/v1`,
      'Gateway',
      {
        ...metadata,
        labels: { 'istio.io/waypoint-for': 'service' },
      },
      {
        spec: {
          gatewayClassName: CLASS,
          listeners: [
            {
              name: 'mesh',
              port: HBONE_PORT,
              protocol: 'HBONE',
              allowedRoutes: { namespaces: { from: 'Same' } },
            },
          ],
        },
        status: {
          addresses: [
            {
              type: 'Hostname',
              value: `${name}.${namespace}.svc.cluster.local`,
            },
          ],
          conditions: [
            condition('Accepted', 'Accepted', since),
            condition('Programmed', 'Programmed', since),
          ],
        },
      },
    ),
    item(context, 'serviceaccounts', 'v1', 'ServiceAccount', metadata, {}),
    item(context, 'services', 'v1', 'Service', metadata, {
      spec: {
        type: 'ClusterIP',
        selector,
        ports: [
          { ...status, targetPort: status.port, protocol: 'TCP' },
          {
            name: 'mesh',
            port: HBONE_PORT,
            targetPort: HBONE_PORT,
            protocol: 'TCP',
            appProtocol: 'all',
          },
        ],
      },
    }),
    item(context, 'deployments.apps', 'apps/v1', 'Deployment', metadata, {
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template: {
          metadata: {
            labels: {
              ...labels,
              'istio.io/dataplane-mode': 'none',
              'service.istio.io/canonical-name': name,
              'service.istio.io/canonical-revision': 'latest',
              'sidecar.istio.io/inject': 'false',
            },
            annotations: { 'istio.io/rev': DEFAULT_REVISION },
          },
          spec: {
            serviceAccountName: name,
            containers: [
              {
                name: 'istio-proxy',
                image: `docker.io/istio/proxyv2:${ISTIO_VERSION}`,
                args: ['proxy', 'waypoint'],
                ports: [
                  {
                    name: 'http-envoy-prom',
                    containerPort: 15090,
                    protocol: 'TCP',
                  },
                ],
                resources: { requests: { cpu: '100m', memory: '128Mi' } },
              },
            ],
          },
        },
      },
    }),
  ];
}

/** The waypoints of a world; nothing for worlds without. */
export function buildWaypoints(world: World, context: BuildContext): Item[] {
  const waypoints = world.waypoints ?? [];
  if (waypoints.length === 0) return [];
  return [
    buildClass(context),
    ...waypoints.flatMap(waypoint => buildWaypoint(waypoint, context)),
  ];
}
