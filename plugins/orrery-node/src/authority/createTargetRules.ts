import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import type { Target } from './types';

/** Targets live in clusters; there is no store to be queried. */
function notQueried(): never {
  throw new Error('Rules of targets are applied to targets, not to a query');
}

/**
 * The resource type of a plugin's targets and the rules that policies make
 * conditions of. Their names and parameters are the same for every plugin.
 *
 * @public
 */
export function createTargetRules(pluginId: string, resourceType: string) {
  const resourceRef = createPermissionResourceRef<Target, never>().with({
    pluginId,
    resourceType,
  });
  return {
    resourceRef,
    rules: [
      createPermissionRule({
        name: 'IS_IN_CLUSTER',
        description: 'Allows targets in these clusters',
        resourceRef,
        paramsSchema: z.object({
          clusters: z.array(z.string()).describe('Names of clusters'),
        }),
        apply: (target, { clusters }) => clusters.includes(target.cluster),
        toQuery: notQueried,
      }),
      createPermissionRule({
        name: 'IS_IN_NAMESPACE',
        description: 'Allows targets in these namespaces',
        resourceRef,
        paramsSchema: z.object({
          namespaces: z.array(z.string()).describe('Names of namespaces'),
        }),
        apply: (target, { namespaces }) =>
          namespaces.includes(target.namespace),
        toQuery: notQueried,
      }),
      createPermissionRule({
        name: 'IS_IN_ENVIRONMENT',
        description: 'Allows targets in these environments',
        resourceRef,
        paramsSchema: z.object({
          environments: z
            .array(z.string())
            .describe('Names from orrery.environments'),
        }),
        apply: (target, { environments }) =>
          environments.includes(target.environment),
        toQuery: notQueried,
      }),
      createPermissionRule({
        name: 'IS_OWNED_BY',
        description:
          'Allows targets whose catalog entity belongs to one of the claims',
        resourceRef,
        paramsSchema: z.object({
          claims: z
            .array(z.string())
            .describe('Entity references of users and groups'),
        }),
        apply: (target, { claims }) =>
          target.owners.some(owner => claims.includes(owner)),
        toQuery: notQueried,
      }),
      createPermissionRule({
        name: 'IS_KIND',
        description: 'Allows targets of these kinds',
        resourceRef,
        paramsSchema: z.object({
          kinds: z
            .array(z.string())
            .describe('Kubernetes kinds such as Deployment, or service'),
        }),
        apply: (target, { kinds }) => kinds.includes(target.kind),
        toQuery: notQueried,
      }),
    ],
  };
}
