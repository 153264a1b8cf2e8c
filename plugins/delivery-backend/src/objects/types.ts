import type {
  ClusterClient,
  OrreryConfig,
  TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';

/** What actions on the objects of a service work with. */
export type ObjectTools = {
  client: ClusterClient;
  config: OrreryConfig;
  authority: TargetAuthority;
  pollMilliseconds?: number;
};
