import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { logsApprovalPermissions } from '@orrery/backstage-plugin-logs-common';
import {
  ActionRunner,
  createActionsRouter,
  registerActions,
  type ActivityLog,
  type ClusterClient,
  type OrreryConfig,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import type { LogAuthority } from '../service/LogAuthority';
import { createCollectionAction } from './createCollectionAction';
import { createCollectionRouter } from './createCollectionRouter';
import { readSidecar } from './readSidecar';

/** Reading and changing what is collected. */
export function createCollectionParts(options: {
  rootConfig: RootConfigService;
  config: OrreryConfig;
  client: ClusterClient;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  logger: LoggerService;
  permissions: PermissionsService;
  activityLog: ActivityLog;
  actionsRegistry: ActionsRegistryService;
  /** Knows targets of actions. */
  targets: TargetAuthority;
  /** Knows who may read what. */
  authority: LogAuthority;
}): { routers: Router[] } {
  const { config, client, targets } = options;
  const sidecar = readSidecar(options.rootConfig);
  const runner = new ActionRunner({
    ...options,
    authority: targets,
    pluginId: 'logs',
    actions: [
      createCollectionAction({ client, config, ...(sidecar && { sidecar }) }),
    ],
    approvals: logsApprovalPermissions,
    approvalExpiryHours: config.approvalExpiryHours,
    readOnly: config.readOnly,
  });
  registerActions(options.actionsRegistry, runner);
  return {
    routers: [
      createActionsRouter({ ...options, runner }),
      createCollectionRouter({ ...options, hasSidecar: sidecar !== undefined }),
    ],
  };
}
