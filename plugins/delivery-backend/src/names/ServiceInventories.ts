import {
  APPLICABLE_KINDS,
  inOrder,
  isNamedAfter,
  type ServiceInventory,
  type ServicePlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import {
  KubernetesError,
  type KubernetesObject,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import type { BuildTools } from '../builds/types';

const APP_LABELS = ['app', 'app.kubernetes.io/name'];

/** What controllers made goes with what made it. */
function isMadeByHand({ metadata }: KubernetesObject): boolean {
  return !(metadata.ownerReferences ?? []).some(({ controller }) => controller);
}

/** True where the name is the app's and no label says otherwise. */
function isOf(app: string, { metadata }: KubernetesObject): boolean {
  const labels = metadata.labels ?? {};
  const named = APP_LABELS.map(label => labels[label]).filter(Boolean);
  return (
    isNamedAfter(app, metadata.name) &&
    (metadata.name === app || named.includes(app)) &&
    named.every(value => value === app)
  );
}

/** Lists what there is of a service, for taking it away. */
export class ServiceInventories {
  readonly #tools: BuildTools;
  readonly #authority: TargetAuthority;

  constructor(tools: BuildTools, authority: TargetAuthority) {
    this.#tools = tools;
    this.#authority = authority;
  }

  async read(place: ServicePlaceInput): Promise<ServiceInventory> {
    const { cluster, namespace, app } = place;
    const { client, names, jenkins, gitlab } = this.#tools;
    const { job, project, ref } = await names.of(place);
    const own = await this.#authority.resolve(ref);
    const unknown: ServiceInventory['unknown'] = [];
    const lists = await Promise.all(
      APPLICABLE_KINDS.map(async ({ kind, group, version, plural }) => {
        const type = { group, version, plural, namespaced: true };
        const apiVersion = group === '' ? version : `${group}/${version}`;
        try {
          const { items } = await client.list<KubernetesObject>(cluster, type, {
            namespace,
          });
          return items
            .filter(item => isMadeByHand(item) && isOf(app, item))
            .map(({ metadata: { name } }) => ({ apiVersion, kind, name }));
        } catch (error) {
          // A kind that the cluster does not have is nobody's.
          if (!(error instanceof KubernetesError && error.statusCode === 404)) {
            unknown.push({ what: kind, reason: String(error) });
          }
          return [];
        }
      }),
    );
    const keys = [];
    for (const key of lists.flat()) {
      const owner = await this.#authority.resolve(
        formatRef({ type: 'workload', cluster, namespace, ...key }),
      );
      if (owner.entityRef === own.entityRef) {
        keys.push(key);
      }
    }
    const there = async (
      what: string,
      name: string,
      look: (() => Promise<unknown>) | undefined,
    ) => {
      try {
        return (await look?.()) ? name : undefined;
      } catch (error) {
        unknown.push({ what, reason: String(error) });
        return undefined;
      }
    };
    const [knownJob, knownProject] = await Promise.all([
      there('Jenkins job', job, jenkins && (() => jenkins.job(job, 0))),
      there(
        'GitLab project',
        project,
        gitlab && (() => gitlab.project(project)),
      ),
    ]);
    return {
      objects: inOrder(keys).reverse(),
      unknown,
      ...(knownJob && { job: knownJob }),
      ...(knownProject && { project: knownProject }),
      ...(own.entityRef && { entityRef: own.entityRef }),
    };
  }
}
