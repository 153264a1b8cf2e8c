import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type {
  ActionDefinition,
  ClusterClient,
  OrreryConfig,
  TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { createConfigMapActions } from './actions/createConfigMapActions';
import { createKeyActions } from './actions/createKeyActions';
import { ConfigMapHistory } from './configMaps/ConfigMapHistory';
import type { ConsulConfig } from './config/readConsulConfig';
import { HistoryObserver } from './history/HistoryObserver';
import { HistoryStore } from './history/HistoryStore';
import { KeyPlaces } from './keys/KeyPlaces';
import { createConfigRouter } from './routes/createConfigRouter';
import { AuthorizedConfigService } from './service/AuthorizedConfigService';
import { DefaultConfigService } from './service/DefaultConfigService';
import { TargetSight } from './sight/TargetSight';
import { ConsulClient } from './sources/ConsulClient';
import { createTokenActions } from './tokens/createTokenActions';
import { ServiceTokens } from './tokens/ServiceTokens';
import { PrefixWatches } from './watch/PrefixWatches';

/** What the plugin needs to be put together. */
export type ConfigPartsOptions = {
  consul: ConsulConfig;
  naming: string;
  database: Knex;
  config: OrreryConfig;
  client: ClusterClient;
  authority: TargetAuthority;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** First delay after a failed look at Consul. */
  firstDelayMilliseconds?: number;
};

/** Puts together what the plugin is made of. */
export function createConfigParts(options: ConfigPartsOptions): {
  actions: ActionDefinition[];
  router: Router;
  stop(): void;
} {
  const { config, client, logger } = options;
  const consul = new ConsulClient(options.consul);
  const places = new KeyPlaces(options.naming, config);
  const history = new HistoryStore(options.database);
  const tokens = new ServiceTokens({ consul, client });
  const mapHistory = new ConfigMapHistory({ store: history, client });
  const observer = new HistoryObserver(history);
  const watches = new PrefixWatches({
    client: consul,
    logger,
    firstDelayMilliseconds: options.firstDelayMilliseconds,
    onListing: ({ prefix }, listing) =>
      observer
        .observe(prefix, listing, () => consul.list(prefix))
        // Who looks must not wait for the history.
        .catch(error =>
          logger.warn(`The history of ${prefix} was not written: ${error}`),
        ),
  });
  const service = new AuthorizedConfigService(
    new DefaultConfigService({
      consul,
      publicUrl: options.consul.publicUrl,
      places,
      watches,
      history,
      observer,
      mapHistory,
      tokens,
      config,
      client,
    }),
    new TargetSight(options),
  );
  return {
    actions: [
      ...createKeyActions({
        consul,
        places,
        history,
        client,
        config,
        tokens,
      }),
      ...createTokenActions({ tokens, places, config }),
      ...createConfigMapActions({ client, config, history, mapHistory }),
    ],
    router: createConfigRouter({
      ...options,
      service,
      firstCluster: config.clusters.at(0)?.name,
    }),
    stop: () => watches.stop(),
  };
}
