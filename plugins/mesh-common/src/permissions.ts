import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of what the mesh shows: the workloads of one app. @public */
export const RESOURCE_TYPE_MESH_APP = 'mesh-app';

/**
 * Reading the mesh graph. A policy may answer with conditions on the apps
 * that are shown (`IS_IN_CLUSTER`, `IS_IN_NAMESPACE`, `IS_OWNED_BY`); the
 * rest is then one anonymous node.
 *
 * @public
 */
export const meshGraphReadPermission = createPermission({
  name: 'mesh.graph.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MESH_APP,
});

/** All permissions of the plugin `mesh`. @public */
export const meshPermissions = [meshGraphReadPermission];
