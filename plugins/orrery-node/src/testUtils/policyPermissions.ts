import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionPolicy,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { createTargetRules, type TargetAuthority } from '../authority';

/**
 * The permission framework without its HTTP: asks a policy, and applies the
 * conditions that it answers to targets, by their real rules.
 *
 * @param claimsOf - ownership entity refs of a person
 * @public
 */
export function policyPermissions(options: {
  policy: PermissionPolicy;
  pluginId: string;
  resourceType: string;
  authority: TargetAuthority;
  claimsOf: (userEntityRef: string) => string[];
}): PermissionsService {
  const { policy, pluginId, resourceType, authority, claimsOf } = options;
  const { rules } = createTargetRules(pluginId, resourceType);
  const apply = createConditionAuthorizer(rules);

  async function decide(
    permission: Permission,
    resourceRef: string | undefined,
    user: PolicyQueryUser,
  ) {
    const decision = await policy.handle({ permission }, user);
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return decision.result;
    }
    if (
      decision.pluginId !== pluginId ||
      decision.resourceType !== resourceType
    ) {
      throw new Error(
        `A condition about ${decision.pluginId}/${decision.resourceType}, but targets are ${pluginId}/${resourceType}`,
      );
    }
    const target = await authority.resolve(resourceRef ?? '');
    return apply(decision, target)
      ? AuthorizeResult.ALLOW
      : AuthorizeResult.DENY;
  }

  return {
    authorize: (requests, { credentials }) => {
      const principal: unknown = credentials.principal;
      const userEntityRef = String(
        Reflect.get(Object(principal), 'userEntityRef'),
      );
      const user = {
        credentials,
        info: {
          userEntityRef,
          ownershipEntityRefs: claimsOf(userEntityRef),
        },
      };
      return Promise.all(
        requests.map(async ({ permission, resourceRef }) => ({
          result: await decide(permission, resourceRef, user),
        })),
      );
    },
    authorizeConditional: () =>
      Promise.reject(new Error('Actions ask about one target at a time')),
  };
}
