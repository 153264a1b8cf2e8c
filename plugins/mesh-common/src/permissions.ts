import { createPermission } from '@backstage/plugin-permission-common';

/** Reading the mesh graph. @public */
export const meshGraphReadPermission = createPermission({
  name: 'mesh.graph.read',
  attributes: { action: 'read' },
});

/** All permissions of the plugin `mesh`. @public */
export const meshPermissions = [meshGraphReadPermission];
