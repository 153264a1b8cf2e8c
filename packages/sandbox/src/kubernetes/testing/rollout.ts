import type { KubernetesObject } from '../store';
import { asObject, type JsonObject } from '../values';

/** A pod template of one container. */
export function podTemplate(app: string, image: string): JsonObject {
  return {
    metadata: { labels: { app } },
    spec: {
      containers: [{ name: 'app', image, ports: [{ containerPort: 80 }] }],
    },
  };
}

/** A Rollout with a strategy. */
export function sampleRollout(
  strategy: JsonObject,
  spec: JsonObject = {},
): KubernetesObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'shop', namespace: 'default', labels: { app: 'shop' } },
    spec: {
      replicas: 4,
      selector: { matchLabels: { app: 'shop' } },
      template: podTemplate('shop', 'example.org/app:1'),
      strategy,
      ...spec,
    },
  };
}

/** A VirtualService and a DestinationRule with the subsets `stable` and `canary` of one host. */
export function subsetRouting(host: string): KubernetesObject[] {
  const labels = { app: host };
  return [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: host, namespace: 'default' },
      spec: {
        hosts: [host],
        http: [
          {
            name: 'primary',
            route: [
              { destination: { host, subset: 'stable' }, weight: 100 },
              { destination: { host, subset: 'canary' }, weight: 0 },
            ],
          },
        ],
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: host, namespace: 'default' },
      spec: {
        host,
        subsets: [
          { name: 'stable', labels },
          { name: 'canary', labels },
        ],
      },
    },
  ];
}

/** What a Rollout says of traffic that goes over `subsetRouting`. */
export const subsetTraffic = (host: string, managed: string[] = []) => ({
  managedRoutes: managed.map(name => ({ name })),
  istio: {
    virtualService: { name: host, routes: ['primary'] },
    destinationRule: {
      name: host,
      canarySubsetName: 'canary',
      stableSubsetName: 'stable',
    },
  },
});

/** An object with a JSON merge patch of one level of `status` or `spec`; null removes a field. */
export function patched(
  object: KubernetesObject,
  part: 'spec' | 'status',
  fields: Record<string, unknown>,
): KubernetesObject {
  const merged = { ...asObject(object[part]), ...fields };
  return {
    ...object,
    [part]: Object.fromEntries(
      Object.entries(merged).filter(([, value]) => value !== null),
    ),
  };
}
