import {
  type NameCheck,
  type ServicePlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import type { BuildTools } from '../builds/types';
import type { ImageRegistry } from '../registry/types';
import { servedBy } from '../objects';
import type { NamesOfService } from './ServiceNames';

type Outcome = Pick<NameCheck, 'state' | 'reason'>;

const NAMED_KINDS = [
  ['Deployment', RESOURCE_TYPES.deployments],
  ['StatefulSet', RESOURCE_TYPES.statefulSets],
  ['Rollout', RESOURCE_TYPES.rollouts],
  ['Service', RESOURCE_TYPES.services],
] as const;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Tells which names of a service are free. Each upstream fails by itself. */
export class NameChecks {
  readonly #tools: BuildTools;
  readonly #registry: ImageRegistry;

  constructor(tools: BuildTools, registry: ImageRegistry) {
    this.#tools = tools;
    this.#registry = registry;
  }

  /**
   * @param image - repository with the registry's host
   * @param entityRef - the component that has the name already
   */
  async check(
    place: ServicePlaceInput,
    names: NamesOfService,
    more: { image?: string; host?: string; entityRef?: string },
  ): Promise<NameCheck[]> {
    const { jenkins, gitlab } = this.#tools;
    const { image, host, entityRef } = more;
    const checks: [string, string, () => Promise<Outcome>][] = [
      [
        'Catalog component',
        place.app,
        async () =>
          entityRef
            ? { state: 'taken', reason: `${entityRef} is in the catalog` }
            : { state: 'free' },
      ],
      [
        'Namespace and its objects',
        `${place.namespace}/${place.app}`,
        () => this.#objects(place),
      ],
    ];
    if (gitlab) {
      checks.push([
        'GitLab project',
        names.project,
        async () =>
          (await gitlab.project(names.project))
            ? { state: 'taken', reason: 'There is a project of that name' }
            : { state: 'free' },
      ]);
    }
    if (jenkins) {
      checks.push([
        'Jenkins job',
        names.job,
        async () =>
          (await jenkins.job(names.job, 0))
            ? { state: 'taken', reason: 'There is a job of that name' }
            : { state: 'free' },
      ]);
    }
    if (image !== undefined) {
      checks.push(['Images', image, () => this.#images(image)]);
    }
    if (host) {
      checks.push(['Host', host, () => this.#host(place, host)]);
    }
    return Promise.all(
      checks.map(async ([what, name, look]) => {
        const outcome = await look().catch(
          (error): Outcome => ({ state: 'unknown', reason: reasonOf(error) }),
        );
        return { what, name, ...outcome };
      }),
    );
  }

  async #images(image: string): Promise<Outcome> {
    const answer = await this.#registry.tags(image);
    if (answer.state === 'unknown') {
      return answer;
    }
    // A registry does not know of a repository before its first image.
    if (answer.state === 'absent') {
      return { state: 'free' };
    }
    return answer.tags.length > 0
      ? { state: 'taken', reason: `It has ${answer.tags.length} images` }
      : { state: 'free' };
  }

  async #objects({
    cluster,
    namespace,
    app,
  }: ServicePlaceInput): Promise<Outcome> {
    const { client } = this.#tools;
    await client.get(cluster, RESOURCE_TYPES.namespaces, { name: namespace });
    const found = await Promise.all(
      NAMED_KINDS.map(async ([kind, type]) => {
        try {
          await client.get(cluster, type, { namespace, name: app });
          return kind;
        } catch (error) {
          if (error instanceof KubernetesError && error.statusCode === 404) {
            return undefined;
          }
          throw error;
        }
      }),
    );
    const kinds = found.filter(kind => kind !== undefined);
    return kinds.length > 0
      ? { state: 'taken', reason: `There is a ${kinds.join(', a ')}` }
      : { state: 'free' };
  }

  async #host({ cluster }: ServicePlaceInput, host: string): Promise<Outcome> {
    const { items } = await this.#tools.client.list<KubernetesObject>(
      cluster,
      RESOURCE_TYPES.virtualServices,
    );
    const owner = items.find(item => servedBy(item.spec).includes(host));
    return owner
      ? {
          state: 'taken',
          reason: `VirtualService ${owner.metadata.name} in ${
            owner.metadata.namespace ?? ''
          } serves it`,
        }
      : { state: 'free' };
  }
}
