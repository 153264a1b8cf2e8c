import {
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
  type WatchEvent,
} from '@orrery/backstage-plugin-orrery-node';

function untouched(): Promise<never> {
  return Promise.reject(new Error('The mesh only lists and watches'));
}

/** A cluster in memory that can be read and watched, and can refuse both. */
export class FakeCluster implements ClusterClient {
  readonly #objects: Partial<Record<string, KubernetesObject[]>>;
  readonly #refused = new Map<string, number>();

  /** @param objects - objects by the plural of their kind */
  constructor(objects: Partial<Record<string, KubernetesObject[]>>) {
    this.#objects = objects;
  }

  /** Answers reads of a kind with this status from now on. */
  refuse(plural: string, statusCode: number): void {
    this.#refused.set(plural, statusCode);
  }

  async list<T extends KubernetesObject>(cluster: string, type: ResourceType) {
    const code = this.#refused.get(type.plural);
    if (code !== undefined) {
      throw new KubernetesError(
        cluster,
        code,
        'Forbidden',
        `${type.plural} is forbidden`,
      );
    }
    return {
      items: (this.#objects[type.plural] ?? []) as T[],
      resourceVersion: '1',
    };
  }

  async *watch<T extends KubernetesObject>(
    _cluster: string,
    _type: ResourceType,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<WatchEvent<T>> {
    yield { type: 'OPENED' };
    await new Promise(resolve => {
      signal.addEventListener('abort', resolve);
    });
  }

  /** What pods answer, by their name; others refuse. */
  readonly podAnswers = new Map<string, unknown>();

  async getFromPod(cluster: string, { name }: { name: string }) {
    const answer = this.podAnswers.get(name);
    if (answer === undefined) {
      throw new KubernetesError(
        cluster,
        403,
        'Forbidden',
        'pods/proxy is forbidden',
      );
    }
    return answer;
  }

  get = untouched;
  podLog = (): never => {
    throw new Error('Nobody reads logs here');
  };
  create = untouched;
  replace = untouched;
  patch = untouched;
  delete = untouched;
}

/** A Deployment whose pods carry `app` and, where the name ends in one, `version`. */
export function deployment(name: string, replicas = 2): KubernetesObject {
  const version = /v\d$/.exec(name)?.[0];
  return {
    metadata: { name, namespace: 'wealth', resourceVersion: '1' },
    spec: {
      replicas,
      template: {
        metadata: {
          labels: {
            app: name.replace(/-v\d$/, ''),
            ...(version && { version }),
          },
        },
      },
    },
    status: { availableReplicas: replicas },
  };
}

/** A Service in front of an app. */
export function service(name: string): KubernetesObject {
  return {
    metadata: { name, namespace: 'wealth' },
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 80 }] },
  };
}

/** The namespace that all of it lives in, and one outside the mesh. */
export const NAMESPACES: KubernetesObject[] = [
  {
    metadata: { name: 'wealth', labels: { 'istio-injection': 'enabled' } },
  },
  { metadata: { name: 'default' } },
];
