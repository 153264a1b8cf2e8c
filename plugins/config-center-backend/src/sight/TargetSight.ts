import { RESOURCE_TYPE_CONFIG_CENTER_TARGET } from '@orrery/backstage-plugin-config-center-common';
import {
  TargetSight as SightOfTargets,
  type TargetSightOptions,
} from '@orrery/backstage-plugin-orrery-node';

/** Decides which services and ConfigMaps a caller sees. */
export class TargetSight extends SightOfTargets<
  typeof RESOURCE_TYPE_CONFIG_CENTER_TARGET
> {
  constructor(options: TargetSightOptions) {
    super('config-center', RESOURCE_TYPE_CONFIG_CENTER_TARGET, options);
  }
}
