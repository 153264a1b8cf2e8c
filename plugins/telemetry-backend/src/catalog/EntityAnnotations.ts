import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { TargetAuthority } from '@orrery/backstage-plugin-orrery-node';
import { LRUCache } from 'lru-cache';

const KEPT_MILLISECONDS = 60_000;

/** Reads annotations of the catalog's entities of services. */
export class EntityAnnotations {
  readonly #authority: TargetAuthority;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #cache = new LRUCache<
    string,
    Promise<Readonly<Record<string, string>>>
  >({ max: 1000, ttl: KEPT_MILLISECONDS });

  constructor(options: {
    authority: TargetAuthority;
    catalog: CatalogService;
    auth: AuthService;
  }) {
    this.#authority = options.authority;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /** None where the catalog does not know the service. */
  of(ref: string): Promise<Readonly<Record<string, string>>> {
    const present = this.#cache.get(ref);
    if (present) {
      return present;
    }
    const answer = this.#read(ref);
    this.#cache.set(ref, answer);
    answer.catch(() => this.#cache.delete(ref));
    return answer;
  }

  async #read(ref: string): Promise<Readonly<Record<string, string>>> {
    const { entityRef } = await this.#authority.resolve(ref);
    if (entityRef === undefined) {
      return {};
    }
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return entity?.metadata.annotations ?? {};
  }
}
