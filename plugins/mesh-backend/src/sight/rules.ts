import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_MESH_APP } from '@orrery/backstage-plugin-mesh-common';
import { z } from 'zod';

/** The workloads of one app, as rules see them. @public */
export type MeshApp = {
  cluster: string;
  namespace: string;
  /** Canonical name of the app; empty stands for the namespace itself. */
  app: string;
  /** Entity references of who owns it in the catalog; none when it is not there. */
  owners: readonly string[];
};

/** @public */
export const meshAppResourceRef = createPermissionResourceRef<
  MeshApp,
  never
>().with({ pluginId: 'mesh', resourceType: RESOURCE_TYPE_MESH_APP });

/** Rules are applied while a graph is built; there is no store to be queried. */
function notQueried(): never {
  throw new Error('Rules of the mesh are applied to apps, not to a query');
}

/** @public */
export const isInCluster = createPermissionRule({
  name: 'IS_IN_CLUSTER',
  description: 'Allows apps of these clusters',
  resourceRef: meshAppResourceRef,
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names of clusters'),
  }),
  apply: (app, { clusters }) => clusters.includes(app.cluster),
  toQuery: notQueried,
});

/** @public */
export const isInNamespace = createPermissionRule({
  name: 'IS_IN_NAMESPACE',
  description: 'Allows apps of these namespaces',
  resourceRef: meshAppResourceRef,
  paramsSchema: z.object({
    namespaces: z.array(z.string()).describe('Names of namespaces'),
  }),
  apply: (app, { namespaces }) => namespaces.includes(app.namespace),
  toQuery: notQueried,
});

/** @public */
export const isOwnedBy = createPermissionRule({
  name: 'IS_OWNED_BY',
  description: 'Allows apps whose catalog entity belongs to one of the claims',
  resourceRef: meshAppResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of users and groups'),
  }),
  apply: (app, { claims }) => app.owners.some(owner => claims.includes(owner)),
  toQuery: notQueried,
});

/** All rules of the plugin `mesh`. */
export const meshRules = [isInCluster, isInNamespace, isOwnedBy];
