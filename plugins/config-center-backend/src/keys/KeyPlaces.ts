import {
  ownerOfPrefix,
  prefixOf,
  type PrefixOwner,
} from '@orrery/backstage-plugin-config-center-common';
import {
  formatRef,
  InvalidValueError,
  parseRef,
} from '@orrery/backstage-plugin-orrery-common';
import type { OrreryConfig } from '@orrery/backstage-plugin-orrery-node';

/** A service and where its keys are. */
export type KeyPlace = PrefixOwner & {
  /** `cluster/namespace/service/app`. */
  service: string;
  prefix: string;
};

/** Finds the prefix of a service, and the service of a prefix. */
export class KeyPlaces {
  readonly #naming: string;
  readonly #config: Pick<OrreryConfig, 'clusters'>;

  constructor(naming: string, config: Pick<OrreryConfig, 'clusters'>) {
    this.#naming = naming;
    this.#config = config;
  }

  /** What all prefixes begin with. */
  get head(): string {
    return this.#naming.slice(0, this.#naming.indexOf('{'));
  }

  /** Whether the segment behind {@link head} is the whole of a prefix. */
  get isOneSegment(): boolean {
    return !this.#naming.slice(this.head.length, -1).includes('/');
  }

  /**
   * The place of a service.
   *
   * @throws InvalidValueError that names the field `service`
   */
  of(service: string): KeyPlace {
    let ref;
    try {
      ref = parseRef(service);
    } catch {
      ref = undefined;
    }
    if (ref?.type !== 'service') {
      throw new InvalidValueError(
        'service',
        'the ref of a service: cluster/namespace/service/app',
        service,
      );
    }
    const { cluster, namespace, name: app } = ref;
    this.requireCluster(cluster, 'service');
    const owner = { cluster, namespace, app };
    return { ...owner, service, prefix: prefixOf(this.#naming, owner) };
  }

  /** Places of the keys, each once. */
  inKeys(keys: readonly string[], cluster: string): KeyPlace[] {
    const depth = this.#naming.split('/').length - 1;
    const prefixes = new Set(
      keys.map(key => `${key.split('/').slice(0, depth).join('/')}/`),
    );
    return [...prefixes].flatMap(prefix => {
      const owner = ownerOfPrefix(this.#naming, prefix, cluster);
      if (!owner) {
        return [];
      }
      const { namespace, app } = owner;
      const service = formatRef({
        type: 'service',
        cluster,
        namespace,
        name: app,
      });
      return [{ ...owner, service, prefix }];
    });
  }

  /** @throws InvalidValueError when no such cluster is configured */
  requireCluster(cluster: string, field: string): void {
    const { clusters } = this.#config;
    if (!clusters.some(({ name }) => name === cluster)) {
      throw new InvalidValueError(
        field,
        `a cluster that is configured (${clusters
          .map(({ name }) => name)
          .join(', ')})`,
        cluster,
      );
    }
  }
}
