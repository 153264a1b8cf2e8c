import type {
  ClusterClient,
  OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { HistoryStore } from '../history/HistoryStore';
import type { KeyPlaces } from '../keys/KeyPlaces';
import type { ConsulClient } from '../sources/ConsulClient';
import type { ServiceTokens } from '../tokens/ServiceTokens';

/** What actions on keys work with. */
export type KeyTools = {
  consul: ConsulClient;
  places: KeyPlaces;
  history: HistoryStore;
  client: ClusterClient;
  tokens: ServiceTokens;
  config: OrreryConfig;
  now?: () => Date;
};
