import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';

const FRESH_MILLISECONDS = 60_000;
const PAGE = 500;

/** Who owns what runs, as the catalog has it. */
export type Owners = {
  /** Equal revisions have equal owners. */
  revision: number;
  ofApp(app: { cluster: string; namespace: string; app: string }): string[];
  /** Owners of anything in a namespace. */
  ofNamespace(at: { cluster: string; namespace: string }): string[];
};

type Entry = { cluster: string | undefined; owners: string[] };

/**
 * Owners by app, read from the catalog as the plugin itself, for rules must
 * know of entities that the viewer cannot see. Read again at most once a
 * minute; while the catalog is away, what was last known counts.
 */
export class OwnerIndex {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #readAt = -Infinity;
  #reading: Promise<Owners> | undefined;
  #text = '';
  #owners: Owners | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => Date.now());
  }

  /** @throws what the catalog threw, when it was never read. */
  async read(): Promise<Owners> {
    if (this.#owners && this.#now() - this.#readAt < FRESH_MILLISECONDS) {
      return this.#owners;
    }
    this.#reading ??= this.#refresh().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #refresh(): Promise<Owners> {
    try {
      const entities = await this.#fetch();
      this.#readAt = this.#now();
      const apps = new Map<string, Entry[]>();
      const namespaces = new Map<string, Entry[]>();
      for (const entity of entities) {
        const binding = bindEntity(entity);
        if (binding) {
          const entry = { cluster: binding.cluster, owners: ownersOf(entity) };
          add(apps, `${binding.namespace}/${binding.app}`, entry);
          add(namespaces, binding.namespace, entry);
        }
      }
      const text = JSON.stringify([...apps]);
      if (this.#owners && text === this.#text) {
        return this.#owners;
      }
      this.#text = text;
      this.#owners = {
        revision: (this.#owners?.revision ?? 0) + 1,
        ofApp: ({ cluster, namespace, app }) =>
          pick(apps.get(`${namespace}/${app}`), cluster),
        ofNamespace: ({ cluster, namespace }) =>
          pick(namespaces.get(namespace), cluster),
      };
      return this.#owners;
    } catch (error) {
      if (!this.#owners) {
        throw error;
      }
      this.#logger.warn(
        `Owners could not be read from the catalog, the last known count: ${error}`,
      );
      return this.#owners;
    }
  }

  async #fetch(): Promise<Entity[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE }
          : { filter: { kind: ['Component', 'Resource', 'API'] }, limit: PAGE },
        { credentials },
      );
      entities.push(...page.items);
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    return entities;
  }
}

function ownersOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list) {
    list.push(entry);
  } else {
    map.set(key, [entry]);
  }
}

/** An entity that names no cluster runs in any. */
function pick(
  entries: readonly Entry[] | undefined,
  cluster: string,
): string[] {
  return (entries ?? [])
    .filter(entry => entry.cluster === undefined || entry.cluster === cluster)
    .flatMap(({ owners }) => owners);
}
