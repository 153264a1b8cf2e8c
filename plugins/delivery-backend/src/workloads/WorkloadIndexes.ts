import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type { DeliveryObjects } from '../sources/DeliveryObjects';
import { WorkloadIndex } from './WorkloadIndex';

/** The index of each cluster, made anew only when something has changed. */
export class WorkloadIndexes {
  readonly #objects: DeliveryObjects;
  readonly #known = new Map<
    string,
    { revision: string; index: WorkloadIndex }
  >();

  constructor(objects: DeliveryObjects) {
    this.#objects = objects;
  }

  async read(
    cluster: string,
  ): Promise<{ index: WorkloadIndex; sources: SourceStatus[] }> {
    const { objects, sources, revision } = await this.#objects.read(cluster);
    const known = this.#known.get(cluster);
    if (known?.revision === revision) {
      return { index: known.index, sources };
    }
    const index = new WorkloadIndex(cluster, objects, known?.index);
    this.#known.set(cluster, { revision, index });
    return { index, sources };
  }
}
