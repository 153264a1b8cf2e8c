import type { Entity } from '@backstage/catalog-model';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';

/** Whether an entity runs somewhere. */
export function isBound(entity: Entity): boolean {
  return bindEntity(entity) !== undefined;
}
