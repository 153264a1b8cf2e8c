import { readWeights } from '@orrery/backstage-plugin-mesh-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { MemoryCluster } from './MemoryCluster';

const NAMESPACE = 'wealth';
export const OLD_IMAGE = 'registry/quote:1';
export const NEW_IMAGE = 'registry/quote:2';

function stableDeployment(): KubernetesObject {
  const labels = { app: 'quote', version: 'v1' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'quote', namespace: NAMESPACE, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'quote', image: OLD_IMAGE }] },
      },
    },
  };
}

/** What a rolled-out Deployment reports. */
function rolledOut(object: KubernetesObject): object {
  const replicas = Number(Reflect.get(Object(object.spec), 'replicas') ?? 1);
  return {
    observedGeneration: object.metadata.generation,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
  };
}

/** What a controller says of an HTTPRoute. */
export function standing(status: 'True' | 'False', message: string): object {
  const accepted = { type: 'Accepted', status, message };
  return {
    parents: [
      { controllerName: 'istio.io/gateway-controller', conditions: [accepted] },
    ],
  };
}

/** The route of the mesh to `quote`, as an API server gives it. */
export const HTTP_ROUTE: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: {
    name: 'quotes',
    namespace: NAMESPACE,
    labels: { team: 'wealth' },
  },
  spec: {
    parentRefs: [{ group: '', kind: 'Service', name: 'quote', port: 80 }],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        timeouts: { request: '2s' },
        backendRefs: [
          { group: '', kind: 'Service', name: 'quote', port: 80, weight: 1 },
        ],
      },
    ],
  },
  status: standing('True', 'Route was valid'),
};

const ISTIO = 'networking.istio.io/v1';

/** The team's own route to `quote`. */
export const VIRTUAL_SERVICE: KubernetesObject = {
  apiVersion: ISTIO,
  kind: 'VirtualService',
  metadata: { name: 'quote', namespace: NAMESPACE },
  spec: {
    hosts: ['quote'],
    http: [
      {
        name: 'all',
        match: [{ uri: { prefix: '/' } }],
        timeout: '2s',
        route: [{ destination: { host: 'quote', port: { number: 80 } } }],
      },
    ],
  },
};

/** Subsets of the team's own, by names that a plan would have taken. */
export const DESTINATION_RULE: KubernetesObject = {
  apiVersion: ISTIO,
  kind: 'DestinationRule',
  metadata: { name: 'quote', namespace: NAMESPACE },
  spec: {
    host: 'quote',
    trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
    subsets: [
      { name: 'stable', labels: { zone: 'a' } },
      { name: 'canary', labels: { zone: 'b' } },
    ],
  },
};

/** By what the requests to `quote` are routed when a plan begins. */
export type Routing = 'nothing' | 'virtualService' | 'httpRoute';

const isSame = (
  left: KubernetesObject | undefined,
  right: KubernetesObject | undefined,
) => JSON.stringify(left?.spec) === JSON.stringify(right?.spec);

/**
 * A cluster with one service `quote`, whose Deployments are rolled out as
 * soon as {@link PlanWorld.settle} is called.
 */
export class PlanWorld {
  readonly cluster: MemoryCluster;
  readonly #routing: Routing;

  constructor(routing: Routing = 'nothing', cluster = new MemoryCluster()) {
    this.cluster = cluster;
    this.#routing = routing;
    if (routing === 'virtualService') {
      this.cluster.put(RESOURCE_TYPES.virtualServices, VIRTUAL_SERVICE);
      this.cluster.put(RESOURCE_TYPES.destinationRules, DESTINATION_RULE);
    }
    if (routing === 'httpRoute') {
      this.cluster.put(RESOURCE_TYPES.httpRoutes, HTTP_ROUTE);
    }
    this.cluster.put(RESOURCE_TYPES.deployments, stableDeployment());
    this.cluster.put(RESOURCE_TYPES.services, {
      metadata: { name: 'quote', namespace: NAMESPACE },
      spec: { selector: { app: 'quote' }, ports: [{ port: 80 }] },
    });
    this.settle();
  }

  /** Plays the controllers: whatever is wanted runs. */
  settle(): void {
    for (const name of ['quote', 'quote-canary']) {
      const object = this.deployment(name);
      if (object) {
        this.cluster.put(RESOURCE_TYPES.deployments, {
          ...object,
          status: rolledOut(object),
        });
      }
    }
    for (const name of ['quote-stable', 'quote-canary']) {
      if (this.service(name)) {
        this.cluster.put(RESOURCE_TYPES.endpointSlices, {
          metadata: {
            name: `${name}-1`,
            namespace: NAMESPACE,
            labels: { 'kubernetes.io/service-name': name },
          },
          endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
        });
      }
    }
  }

  service(name: string): KubernetesObject | undefined {
    return this.cluster.peek(RESOURCE_TYPES.services, {
      namespace: NAMESPACE,
      name,
    });
  }

  get httpRoute(): KubernetesObject | undefined {
    return this.cluster.peek(RESOURCE_TYPES.httpRoutes, {
      namespace: NAMESPACE,
      name: 'quotes',
    });
  }

  deployment(name: string): KubernetesObject | undefined {
    return this.cluster.peek(RESOURCE_TYPES.deployments, {
      namespace: NAMESPACE,
      name,
    });
  }

  imageOf(name: string): unknown {
    const template = Reflect.get(
      Object(this.deployment(name)?.spec),
      'template',
    );
    return template?.spec.containers[0].image;
  }

  get virtualService(): KubernetesObject | undefined {
    return this.cluster.peek(RESOURCE_TYPES.virtualServices, {
      namespace: NAMESPACE,
      name: 'quote',
    });
  }

  get destinationRule(): KubernetesObject | undefined {
    return this.cluster.peek(RESOURCE_TYPES.destinationRules, {
      namespace: NAMESPACE,
      name: 'quote',
    });
  }

  /** Percent that the canary gets; 0 without routes. */
  get weight(): number {
    const route = this.httpRoute ?? this.virtualService;
    const weights = route && readWeights(route, 'quote');
    return (
      weights?.find(({ subset }) => subset?.endsWith('canary'))?.weight ?? 0
    );
  }

  /** All that is left of a canary in the cluster. */
  get leftovers(): string[] {
    const [virtualService, destinationRule] =
      this.#routing === 'virtualService'
        ? [VIRTUAL_SERVICE, DESTINATION_RULE]
        : [];
    // What someone deleted may stay away.
    const { httpRoute = HTTP_ROUTE } = this;
    return [
      this.deployment('quote-canary') && 'Deployment',
      !isSame(this.virtualService ?? virtualService, virtualService) &&
        'VirtualService',
      !isSame(this.destinationRule ?? destinationRule, destinationRule) &&
        'DestinationRule',
      this.service('quote-stable') && 'Service of the stable version',
      this.service('quote-canary') && 'Service of the canary',
      !isSame(httpRoute, HTTP_ROUTE) && 'changes of the HTTPRoute',
    ].filter(item => typeof item === 'string');
  }
}
