import type { Entity } from '@backstage/catalog-model';
import type {
  ServiceSummaries,
  ServiceSummary,
} from '@orrery/backstage-plugin-mesh-common';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';

/** The summary of the app that an entity stands for. */
export function summaryOfEntity(
  summaries: ServiceSummaries | undefined,
  entity: Entity,
): ServiceSummary | undefined {
  const binding = bindEntity(entity);
  return binding
    ? summaries?.items.find(
        item =>
          item.namespace === binding.namespace && item.app === binding.app,
      )
    : undefined;
}
