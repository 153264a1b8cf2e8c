import { ObjectIndex } from './objectIndex';
import type { ClusterInput } from './types';

/** The objects of all clusters. */
export class MeshIndex {
  readonly #indexes: ReadonlyMap<string, ObjectIndex>;
  readonly #nothing = new ObjectIndex({});

  constructor(clusters: readonly ClusterInput[]) {
    this.#indexes = new Map(
      clusters.map(({ name, objects }) => [name, new ObjectIndex(objects)]),
    );
  }

  /** What is known of a cluster; of one that is not configured, nothing. */
  of(cluster: string): ObjectIndex {
    return this.#indexes.get(cluster) ?? this.#nothing;
  }

  get clusters(): Iterable<[string, ObjectIndex]> {
    return this.#indexes;
  }
}
