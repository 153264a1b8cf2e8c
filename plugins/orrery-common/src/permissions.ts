import { createPermission } from '@backstage/plugin-permission-common';

/** Reading clusters and namespaces to choose from. @public */
export const orreryScopeReadPermission = createPermission({
  name: 'orrery.scope.read',
  attributes: { action: 'read' },
});

/** Reading the activity log. @public */
export const orreryActivityReadPermission = createPermission({
  name: 'orrery.activity.read',
  attributes: { action: 'read' },
});

/** Restarting a workload. @public */
export const orreryWorkloadRestartPermission = createPermission({
  name: 'orrery.workload.restart',
  attributes: { action: 'update' },
});

/** All permissions of the plugin `orrery`. @public */
export const orreryPermissions = [
  orreryScopeReadPermission,
  orreryActivityReadPermission,
  orreryWorkloadRestartPermission,
];
