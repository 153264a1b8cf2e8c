import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { approvalPermissionsOf } from '@orrery/backstage-plugin-orrery-common';

/** Resource type of what the plugin `config-center` shows and changes. @public */
export const RESOURCE_TYPE_CONFIG_CENTER_TARGET = 'config-center-target';

/** @public */
export type ConfigPermission = ResourcePermission<
  typeof RESOURCE_TYPE_CONFIG_CENTER_TARGET
>;

function create(name: string, action: 'read' | 'update'): ConfigPermission {
  return createPermission({
    name,
    attributes: { action },
    resourceType: RESOURCE_TYPE_CONFIG_CENTER_TARGET,
  });
}

/** Seeing keys and ConfigMaps, their values and history; secrets stay masked. @public */
export const configKeyReadPermission = create('config.key.read', 'read');

/** Writing keys and ConfigMaps. @public */
export const configKeyWritePermission = create('config.key.write', 'update');

/** Seeing what looks like a secret. @public */
export const configSecretReadPermission = create('config.secret.read', 'read');

/** Making and deleting the token with which a service reads its keys. @public */
export const configTokenWritePermission = create(
  'config.token.write',
  'update',
);

/** `config-center.approval.skip` and `config-center.approval.grant`. @public */
export const configApprovalPermissions = approvalPermissionsOf(
  'config-center',
  RESOURCE_TYPE_CONFIG_CENTER_TARGET,
);

/** Permissions of the plugin `config-center`. @public */
export const configTargetPermissions: ConfigPermission[] = [
  configKeyReadPermission,
  configKeyWritePermission,
  configSecretReadPermission,
  configTokenWritePermission,
  configApprovalPermissions.skip,
  configApprovalPermissions.grant,
];
