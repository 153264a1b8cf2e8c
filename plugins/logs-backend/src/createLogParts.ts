import type {
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type {
  TargetAuthority,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import { readLogStores } from './config/readLogStores';
import { createStoreRouter } from './routes/createStoreRouter';
import { CursorSigner } from './service/CursorSigner';
import { KnownApps } from './service/KnownApps';
import { LogAuthority } from './service/LogAuthority';
import { LogContext } from './service/LogContext';
import { LogFields } from './service/LogFields';
import { LogFigures } from './service/LogFigures';
import { LogSearch } from './service/LogSearch';
import { LogStores } from './service/LogStores';
import { ScopedStores } from './service/ScopedStores';
import { LogStore } from './sources/LogStore';

/** What the plugin is made of. */
export function createLogParts(options: {
  rootConfig: RootConfigService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  authority: TargetAuthority;
  caches: WatchCaches;
}): { routers: Router[] } {
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
  return {
    routers: [
      createStoreRouter({
        httpAuth,
        search: new LogSearch(stores, signer),
        figures: new LogFigures(stores),
        fields: new LogFields(stores),
        context: new LogContext(stores),
        stores: new LogStores(stores, authority),
      }),
    ],
  };
}
