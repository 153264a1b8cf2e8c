import { RESOURCE_TYPE_DELIVERY_TARGET } from '@orrery/backstage-plugin-delivery-common';
import {
  TargetSight as SightOfTargets,
  type TargetSightOptions,
} from '@orrery/backstage-plugin-orrery-node';

/** Decides which workloads, canaries and services a caller sees. */
export class TargetSight extends SightOfTargets<
  typeof RESOURCE_TYPE_DELIVERY_TARGET
> {
  constructor(options: TargetSightOptions) {
    super('delivery', RESOURCE_TYPE_DELIVERY_TARGET, options);
  }
}
