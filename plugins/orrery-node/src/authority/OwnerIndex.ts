import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';

const FRESH_MILLISECONDS = 60_000;
/** A catalog that starts beside us gets its owners one by one, within minutes. */
const SETTLING_MILLISECONDS = 3 * 60_000;
const FRESH_WHILE_SETTLING_MILLISECONDS = 5_000;
const PAGE = 500;

/** What the catalog says of something that runs. @public */
export type OwnedBy = {
  /** Entity refs of the owners; none when the catalog does not know it. */
  owners: string[];
  /** The component or resource that it is; undefined when there is none. */
  entityRef?: string;
};

/** Who owns what runs, as the catalog has it. @public */
export type Owners = {
  /** Equal revisions have equal owners. */
  revision: number;
  ofApp(app: { cluster: string; namespace: string; app: string }): string[];
  /** Owners of anything in a namespace. */
  ofNamespace(at: { cluster: string; namespace: string }): string[];
  /**
   * Owners of an object by its name: of the app with that name, otherwise of
   * the one with the longest name that the object's begins with, followed by a
   * hyphen (`payment-v2` and `payment-canary` are payment's).
   */
  ofObject(object: {
    cluster: string;
    namespace: string;
    name: string;
  }): OwnedBy;
  /** Owners of the system that a namespace is named after. */
  ofSystem(namespace: string): OwnedBy;
};

type Entry = {
  cluster: string | undefined;
  owners: string[];
  entityRef: string;
};

/**
 * Owners by app, read from the catalog as the plugin itself, for rules must
 * know of entities that the viewer cannot see. Read again at most once a
 * minute (more often in the first minutes); while the catalog is away, what was last known counts.
 *
 * @public
 */
export class OwnerIndex {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #readAt = -Infinity;
  #firstReadAt: number | undefined;
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
    const now = this.#now();
    this.#firstReadAt ??= now;
    const fresh =
      now - this.#firstReadAt < SETTLING_MILLISECONDS
        ? FRESH_WHILE_SETTLING_MILLISECONDS
        : FRESH_MILLISECONDS;
    if (this.#owners && now - this.#readAt < fresh) {
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
      const systems = new Map<string, Entry[]>();
      for (const entity of entities) {
        const entry = {
          cluster: undefined,
          owners: ownersOf(entity),
          entityRef: stringifyEntityRef(entity),
        };
        if (entity.kind.toLocaleLowerCase('en-US') === 'system') {
          add(systems, entity.metadata.name, entry);
        }
        const binding = bindEntity(entity);
        if (binding) {
          const bound = { ...entry, cluster: binding.cluster };
          add(apps, `${binding.namespace}/${binding.app}`, bound);
          add(namespaces, binding.namespace, bound);
        }
      }
      const text = JSON.stringify([[...apps], [...systems]]);
      if (this.#owners && text === this.#text) {
        return this.#owners;
      }
      this.#text = text;
      this.#owners = {
        revision: (this.#owners?.revision ?? 0) + 1,
        ofApp: ({ cluster, namespace, app }) =>
          ownedBy(pick(apps.get(`${namespace}/${app}`), cluster)).owners,
        ofNamespace: ({ cluster, namespace }) =>
          ownedBy(pick(namespaces.get(namespace), cluster)).owners,
        ofObject: ({ cluster, namespace, name }) =>
          ownedBy(
            candidates(name)
              .map(app => pick(apps.get(`${namespace}/${app}`), cluster))
              .find(entries => entries.length > 0) ?? [],
          ),
        ofSystem: namespace => ownedBy(systems.get(namespace) ?? []),
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
          : {
              filter: { kind: ['Component', 'Resource', 'API', 'System'] },
              limit: PAGE,
            },
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
function pick(entries: readonly Entry[] | undefined, cluster: string): Entry[] {
  return (entries ?? []).filter(
    entry => entry.cluster === undefined || entry.cluster === cluster,
  );
}

function ownedBy(entries: readonly Entry[]): OwnedBy {
  return {
    owners: [...new Set(entries.flatMap(({ owners }) => owners))],
    entityRef: entries.at(0)?.entityRef,
  };
}

/** Names of apps that an object of this name may belong to, the longest first. */
function candidates(name: string): string[] {
  const parts = name.split('-');
  return parts.map((_, index) =>
    parts.slice(0, parts.length - index).join('-'),
  );
}
