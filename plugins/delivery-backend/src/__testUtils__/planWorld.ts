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

/**
 * A cluster with one service `quote`, whose Deployments are rolled out as
 * soon as {@link PlanWorld.settle} is called.
 */
export class PlanWorld {
  readonly cluster = new MemoryCluster();

  constructor() {
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
    const weights =
      this.virtualService && readWeights(this.virtualService, 'quote');
    return weights?.find(({ subset }) => subset === 'canary')?.weight ?? 0;
  }

  /** All that is left of a canary in the cluster. */
  get leftovers(): string[] {
    return [
      this.deployment('quote-canary') && 'Deployment',
      this.virtualService && 'VirtualService',
      this.destinationRule && 'DestinationRule',
    ].filter(item => item !== undefined);
  }
}
