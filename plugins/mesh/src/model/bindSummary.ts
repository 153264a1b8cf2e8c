import type { Entity } from '@backstage/catalog-model';
import type {
  ServiceSummaries,
  ServiceSummary,
} from '@orrery/backstage-plugin-mesh-common';
import {
  bindEntity,
  compareHealth,
} from '@orrery/backstage-plugin-orrery-common';

/**
 * The summary of the app that an entity stands for. Where several clusters run
 * it and the entity names none of them, the one that is worst.
 */
export function summaryOfEntity(
  summaries: ServiceSummaries | undefined,
  entity: Entity,
): ServiceSummary | undefined {
  const binding = bindEntity(entity);
  const [worst] = (summaries?.items ?? [])
    .filter(
      item =>
        binding !== undefined &&
        item.namespace === binding.namespace &&
        item.app === binding.app &&
        (binding.cluster === undefined || item.cluster === binding.cluster),
    )
    .sort((left, right) =>
      compareHealth(left.health.state, right.health.state),
    );
  return worst;
}
