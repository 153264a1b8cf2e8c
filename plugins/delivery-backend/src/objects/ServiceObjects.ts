import { createHash } from 'node:crypto';
import {
  applicableKind,
  hostsOf,
  inOrder,
  isNamedAfter,
  type Manifest,
  type ObjectKeyInput,
} from '@orrery/backstage-plugin-delivery-common';
import {
  formatRef,
  InvalidValueError,
} from '@orrery/backstage-plugin-orrery-common';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type OrreryConfig,
  type ResourceType,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';

/** Where a service's objects are. */
export type ServicePlace = { cluster: string; namespace: string; app: string };

/** One object, how it is addressed, and what is there now. */
export type FoundObject = {
  key: ObjectKeyInput;
  type: ResourceType;
  present?: KubernetesObject;
};

/** Kinds whose hosts are served, and not only called. */
const ROUTED = new Set(['VirtualService', 'HTTPRoute']);

const APP_LABELS = ['app', 'app.kubernetes.io/name'];

function typeOf(key: ObjectKeyInput, index: number): ResourceType {
  const kind = applicableKind(key.apiVersion, key.kind);
  if (!kind) {
    throw new InvalidValueError(
      `objects[${index}]`,
      'a kind of object that a service may bring',
      `${key.apiVersion}/${key.kind}`,
    );
  }
  const { group, version, plural } = kind;
  return { group, version, plural, namespaced: true };
}

/** Hosts that a VirtualService's spec has. */
export function servedBy(spec: unknown): unknown[] {
  const hosts: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'hosts')
      : undefined;
  return Array.isArray(hosts) ? hosts : [];
}

/** Objects of one service: found, and refused where they are another's. */
export class ServiceObjects {
  readonly #client: ClusterClient;
  readonly #config: OrreryConfig;
  readonly #authority: TargetAuthority;

  constructor(options: {
    client: ClusterClient;
    config: OrreryConfig;
    authority: TargetAuthority;
  }) {
    this.#client = options.client;
    this.#config = options.config;
    this.#authority = options.authority;
  }

  /**
   * The ref that permission is asked for.
   *
   * @throws InvalidValueError where the cluster is not configured
   */
  refOf({ cluster, namespace, app }: ServicePlace): string {
    const { clusters } = this.#config;
    if (!clusters.some(({ name }) => name === cluster)) {
      throw new InvalidValueError(
        'cluster',
        `a cluster that is configured (${clusters
          .map(({ name }) => name)
          .join(', ')})`,
        cluster,
      );
    }
    return formatRef({ type: 'service', cluster, namespace, name: app });
  }

  /**
   * Looks up objects, in the order in which they are applied.
   *
   * @throws InvalidValueError where one is another service's
   */
  async find(
    place: ServicePlace,
    keys: readonly ObjectKeyInput[],
  ): Promise<FoundObject[]> {
    const own = await this.#authority.resolve(this.refOf(place));
    const found = await Promise.all(
      keys.map(async (key, index) => {
        const type = typeOf(key, index);
        await this.#refuseOthers(place, own.entityRef, key, index);
        const present = await this.#read(place, type, key.name);
        this.#refuseLabelled(place, present, index);
        return { key, type, ...(present && { present }) };
      }),
    );
    const byKey = new Map(found.map(object => [object.key, object]));
    return inOrder(found.map(({ key }) => key)).flatMap(
      key => byKey.get(key) ?? [],
    );
  }

  /** A name can begin with the app's, and yet be another component's. */
  async #refuseOthers(
    { cluster, namespace, app }: ServicePlace,
    entityRef: string | undefined,
    { kind, name }: ObjectKeyInput,
    index: number,
  ): Promise<void> {
    const owner = await this.#authority.resolve(
      formatRef({ type: 'workload', cluster, namespace, kind, name }),
    );
    if (owner.entityRef !== undefined && owner.entityRef !== entityRef) {
      throw new InvalidValueError(
        `objects[${index}].metadata.name`,
        `an object of ${app}: this one is of ${owner.entityRef}`,
        name,
      );
    }
  }

  #refuseLabelled(
    { app }: ServicePlace,
    present: KubernetesObject | undefined,
    index: number,
  ): void {
    const labels = present?.metadata.labels ?? {};
    const other = APP_LABELS.map(label => labels[label]).find(
      value => value !== undefined && value !== app,
    );
    if (present && other !== undefined) {
      throw new InvalidValueError(
        `objects[${index}]`,
        `an object of ${app}: the one that is there is labelled as ${other}’s`,
        present.metadata.name,
      );
    }
  }

  /**
   * A host of the outside is one service's: routes of two would be mixed.
   *
   * @throws InvalidValueError where another VirtualService serves one of them
   */
  async refuseServedHosts(
    { cluster, namespace, app }: ServicePlace,
    manifests: readonly Manifest[],
  ): Promise<void> {
    const wanted = manifests.flatMap((manifest, index) =>
      hostsOf(manifest)
        .filter(host => ROUTED.has(manifest.kind) && host.includes('.'))
        .map(host => ({ host, index })),
    );
    if (wanted.length === 0) {
      return;
    }
    const { items } = await this.#client.list<KubernetesObject>(
      cluster,
      RESOURCE_TYPES.virtualServices,
    );
    for (const { host, index } of wanted) {
      const other = items.find(
        ({ metadata, spec }) =>
          servedBy(spec).includes(host) &&
          !(
            metadata.namespace === namespace && isNamedAfter(app, metadata.name)
          ),
      );
      if (other) {
        throw new InvalidValueError(
          `objects[${index}].spec`,
          `hosts that nobody else serves: VirtualService ${
            other.metadata.name
          } in ${other.metadata.namespace ?? ''} serves this one`,
          host,
        );
      }
    }
  }

  async #read(
    { cluster, namespace }: ServicePlace,
    type: ResourceType,
    name: string,
  ): Promise<KubernetesObject | undefined> {
    try {
      return await this.#client.get<KubernetesObject>(cluster, type, {
        namespace,
        name,
      });
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }
}

/**
 * One version for many objects. Status moves without anybody's doing, so
 * generations count where there are any.
 */
export function versionOf(found: readonly FoundObject[]): string {
  const hash = createHash('sha256');
  for (const { key, present } of found) {
    const { uid, generation, resourceVersion } = present?.metadata ?? {};
    hash.update(
      JSON.stringify([key, uid ?? 'absent', generation ?? resourceVersion]),
    );
  }
  return hash.digest('hex').slice(0, 32);
}
