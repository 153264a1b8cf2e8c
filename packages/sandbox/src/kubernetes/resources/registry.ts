import { storeName, type ResourceType } from './resource';

/** A kind as seen through one of its versions. */
export interface ResolvedResource {
  type: ResourceType;
  version: string;
}

/** The kinds that are served now; custom ones come and go with their definition. */
export class ResourceRegistry {
  readonly #types = new Map<string, ResourceType>();
  #generation = 0;

  constructor(types: Iterable<ResourceType>) {
    for (const type of types) {
      this.add(type);
    }
  }

  /** Changes whenever the set of kinds does; lets derived documents be cached. */
  get generation(): number {
    return this.#generation;
  }

  add(type: ResourceType): void {
    this.#types.set(storeName(type), type);
    this.#generation += 1;
  }

  remove(resource: string): void {
    if (this.#types.delete(resource)) {
      this.#generation += 1;
    }
  }

  /** All kinds in the order in which they were added. */
  all(): ResourceType[] {
    return [...this.#types.values()];
  }

  /** The kind stored under a name such as `deployments.apps`. */
  byStoreName(resource: string): ResourceType | undefined {
    return this.#types.get(resource);
  }

  /** The kind behind a URL's group, version and plural. */
  find(
    group: string,
    version: string,
    plural: string,
  ): ResolvedResource | undefined {
    const type = this.#types.get(storeName({ group, plural }));
    return type?.versions.some(served => served.name === version)
      ? { type, version }
      : undefined;
  }

  /** The kind that a manifest's `kind` and group name. */
  findKind(group: string, kind: string): ResourceType | undefined {
    return this.all().find(type => type.group === group && type.kind === kind);
  }

  /** Group names, the core group (empty) first. */
  groups(): string[] {
    return [...new Set(this.all().map(type => type.group))];
  }

  /** Versions of a group, the preferred one first. */
  versions(group: string): string[] {
    const versions = new Set<string>();
    for (const type of this.all()) {
      if (type.group === group) {
        for (const version of type.versions) {
          versions.add(version.name);
        }
      }
    }
    return [...versions].sort(compareVersions);
  }

  /** Kinds that a group serves at a version. */
  inGroupVersion(group: string, version: string): ResourceType[] {
    return this.all().filter(
      type =>
        type.group === group &&
        type.versions.some(served => served.name === version),
    );
  }
}

/** Kubernetes' own order: stable before beta before alpha, newer first. */
export function compareVersions(left: string, right: string): number {
  const rank = (version: string) => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
    if (!match) {
      return [0, 0, 0];
    }
    const stability = { alpha: 1, beta: 2 }[match[2] ?? ''] ?? 3;
    return [stability, Number(match[1]), Number(match[3] ?? 0)];
  };
  const [a, b] = [rank(left), rank(right)];
  for (let index = 0; index < a.length; index++) {
    if (a[index] !== b[index]) {
      return b[index] - a[index];
    }
  }
  return left.localeCompare(right);
}
