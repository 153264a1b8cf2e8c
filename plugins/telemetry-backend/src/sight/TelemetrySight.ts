import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  createTargetRules,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import { RESOURCE_TYPE_TELEMETRY_TARGET } from '@orrery/backstage-plugin-telemetry-common';

type Permission = ResourcePermission<typeof RESOURCE_TYPE_TELEMETRY_TARGET>;

/** Which of some targets a caller sees. */
export type SeenTargets = {
  /** True when the caller sees everything, whatever it is. */
  isAll: boolean;
  has: (ref: string) => boolean;
};

/** Decides whose telemetry a caller sees. */
export class TelemetrySight {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #authority: TargetAuthority;
  readonly #resourceRef = createTargetRules(
    'telemetry',
    RESOURCE_TYPE_TELEMETRY_TARGET,
  ).resourceRef;

  constructor(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    authority: TargetAuthority;
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#authority = options.authority;
  }

  /** Those of the targets that the caller may see. A ref that cannot be read names nothing. */
  async seen(
    permission: Permission,
    refs: Iterable<string>,
    credentials: BackstageCredentials,
  ): Promise<SeenTargets> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) {
      return { isAll: true, has: () => true };
    }
    if (decision.result === AuthorizeResult.DENY) {
      return { isAll: false, has: () => false };
    }
    const authorize = createConditionAuthorizer(
      this.#registry.getPermissionRuleset(this.#resourceRef),
    );
    const allowed = new Set<string>();
    await Promise.all(
      [...new Set(refs)].map(async ref => {
        try {
          if (authorize(decision, await this.#authority.resolve(ref))) {
            allowed.add(ref);
          }
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'InputError') {
            throw error;
          }
        }
      }),
    );
    return { isAll: false, has: ref => allowed.has(ref) };
  }

  /** @throws NotAllowedError when the target may not be seen */
  async require(
    permission: Permission,
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const seen = await this.seen(permission, [ref], credentials);
    if (!seen.has(ref)) {
      throw new NotAllowedError(
        `You may not see ${ref}: the permission ${permission.name} is not granted to you on it`,
      );
    }
  }
}
