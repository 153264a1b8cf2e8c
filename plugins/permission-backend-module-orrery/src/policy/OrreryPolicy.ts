import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityDeletePermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  isReadPermission,
  isResourcePermission,
  type ConditionalPolicyDecision,
  type PermissionCondition,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  APPROVAL_PERMISSION_SUFFIXES,
  pluginOfTargets,
} from '@orrery/backstage-plugin-orrery-common';
import type { PolicyConfig } from './readPolicyConfig';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** Of upstream plugins, what only platform teams may do. */
const PLATFORM_ONLY = new Set([
  // It would be a way around every action, with the portal's own rights.
  'kubernetes.proxy',
  'catalog.ingestion.manage',
  catalogLocationDeletePermission.name,
]);

/** Reading what is not meant for everybody: of one's own only. */
const SECRET_READ_SUFFIX = '.secret.read';

/**
 * Who may do what, by ownership and environment: platform teams everything;
 * owners everything with their own services, in protected environments with
 * the consent of a second person; everybody signed in may read; readers only
 * that, and no secrets. It decides about the targets of every plugin alike, by the names of
 * permissions and rules.
 *
 * @public
 */
export class OrreryPolicy implements PermissionPolicy {
  readonly #config: PolicyConfig;

  constructor(config: PolicyConfig) {
    this.#config = config;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    if (
      isReadPermission(permission) &&
      !permission.name.endsWith(SECRET_READ_SUFFIX)
    ) {
      return ALLOW;
    }
    const { userEntityRef, ownershipEntityRefs: claims } = user.info;
    const { platformTeams, readers } = this.#config;
    if (readers.includes(userEntityRef)) {
      return DENY;
    }
    if (claims.some(claim => platformTeams.includes(claim))) {
      return ALLOW;
    }
    if (isResourcePermission(permission)) {
      const pluginId = pluginOfTargets(permission.resourceType);
      if (pluginId !== undefined) {
        return this.#decideOnTarget(permission, pluginId, claims);
      }
    }
    if (isPermission(permission, catalogEntityDeletePermission)) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims }),
      );
    }
    return PLATFORM_ONLY.has(permission.name) ? DENY : ALLOW;
  }

  #decideOnTarget(
    permission: ResourcePermission,
    pluginId: string,
    claims: string[],
  ): PolicyDecision {
    const owned = ['IS_OWNED_BY', { claims }] as const;
    if (!permission.name.endsWith(APPROVAL_PERMISSION_SUFFIXES.skip)) {
      return onTargets(permission, pluginId, [owned]);
    }
    const environments = [...this.#config.openEnvironments];
    return environments.length === 0
      ? DENY
      : onTargets(permission, pluginId, [
          owned,
          ['IS_IN_ENVIRONMENT', { environments }],
        ]);
  }
}

/** Allows targets that satisfy all of the rules. */
function onTargets(
  { resourceType }: ResourcePermission,
  pluginId: string,
  rules: readonly (readonly [string, Record<string, string[]>])[],
): ConditionalPolicyDecision {
  const [first, ...others] = rules.map(
    ([rule, params]): PermissionCondition => ({ rule, resourceType, params }),
  );
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId,
    resourceType,
    conditions: { allOf: [first, ...others] },
  };
}
