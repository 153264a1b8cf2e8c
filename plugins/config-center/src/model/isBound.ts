import type { Entity } from '@backstage/catalog-model';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';

/** Whether an entity is a service that runs somewhere, and so has configuration. */
export function isBound(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    bindEntity(entity) !== undefined
  );
}
