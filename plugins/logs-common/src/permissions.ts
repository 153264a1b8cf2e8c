import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { approvalPermissionsOf } from '@orrery/backstage-plugin-orrery-common';

/** Resource type of what the plugin `logs` shows and changes. @public */
export const RESOURCE_TYPE_LOGS_TARGET = 'logs-target';

type LogsPermission = ResourcePermission<typeof RESOURCE_TYPE_LOGS_TARGET>;

/**
 * Reading log lines of a namespace (`cluster/namespace`), of a service
 * (`cluster/namespace/service/name`) or of a pod.
 *
 * @public
 */
export const logsReadPermission: LogsPermission = createPermission({
  name: 'logs.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LOGS_TARGET,
});

/** Switching the collection of a workload's logs on and off. @public */
export const logsCollectionPermission: LogsPermission = createPermission({
  name: 'logs.collection.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_LOGS_TARGET,
});

/** `logs.approval.skip` and `logs.approval.grant`. @public */
export const logsApprovalPermissions = approvalPermissionsOf(
  'logs',
  RESOURCE_TYPE_LOGS_TARGET,
);

/** All permissions of the plugin `logs`. @public */
export const logsTargetPermissions: LogsPermission[] = [
  logsReadPermission,
  logsCollectionPermission,
  logsApprovalPermissions.skip,
  logsApprovalPermissions.grant,
];
