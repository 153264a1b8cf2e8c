import type {
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type {
  ClusterClient,
  OrreryConfig,
  TargetAuthority,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import { readLogStores } from './config/readLogStores';
import { createPodRouter } from './routes/createPodRouter';
import { createStoreRouter } from './routes/createStoreRouter';
import { createStreamRouter } from './routes/createStreamRouter';
import { CursorSigner } from './service/CursorSigner';
import { KnownApps } from './service/KnownApps';
import { LogAuthority } from './service/LogAuthority';
import { LogContext } from './service/LogContext';
import { LogDownload } from './service/LogDownload';
import { LogFields } from './service/LogFields';
import { LogFigures } from './service/LogFigures';
import { LogSearch } from './service/LogSearch';
import { LogStores } from './service/LogStores';
import { PodLogs } from './service/PodLogs';
import { ScopedStores } from './service/ScopedStores';
import { TailHub } from './service/TailHub';
import { ViewerLimit } from './service/ViewerLimit';
import { LogStore } from './sources/LogStore';

/** Logs that one person follows at the same time. */
const MOST_STREAMS = 8;

/** What the plugin is made of. */
export function createLogParts(options: {
  rootConfig: RootConfigService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  authority: TargetAuthority;
  caches: WatchCaches;
  client: ClusterClient;
  config: Pick<OrreryConfig, 'clusters'>;
}): { routers: Router[]; authority: LogAuthority } {
  const { rootConfig, httpAuth } = options;
  const apps = new KnownApps(options.caches);
  const authority = new LogAuthority({ ...options, apps });
  const stores = new ScopedStores(
    readLogStores(rootConfig).map(config => new LogStore(config)),
    authority,
  );
  const signer = new CursorSigner(
    rootConfig.getOptionalString('orrery.logs.cursorSecret'),
  );
  const limit = new ViewerLimit(MOST_STREAMS);
  return {
    authority,
    routers: [
      createStoreRouter({
        httpAuth,
        search: new LogSearch(stores, signer),
        figures: new LogFigures(stores),
        fields: new LogFields(stores),
        context: new LogContext(stores),
        stores: new LogStores(stores, authority),
      }),
      createStreamRouter({
        httpAuth,
        stores,
        hub: new TailHub(),
        limit,
        download: new LogDownload(stores),
      }),
      createPodRouter({
        httpAuth,
        pods: new PodLogs({ ...options, apps, authority }),
        limit,
      }),
    ],
  };
}
