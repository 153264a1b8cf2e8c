import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_CONFIG_CENTER_TARGET,
  type ConfigPermission,
} from '@orrery/backstage-plugin-config-center-common';
import {
  createTargetRules,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';

/** Decides which services and ConfigMaps a caller sees. */
export class TargetSight {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #authority: TargetAuthority;
  readonly #resourceRef = createTargetRules(
    'config-center',
    RESOURCE_TYPE_CONFIG_CENTER_TARGET,
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

  /**
   * Those of the items that the caller has a permission on.
   *
   * @param refOf - the ref that an item is about
   * @throws NotAllowedError when nothing at all is permitted
   */
  async filter<T>(
    permission: ConfigPermission,
    items: readonly T[],
    refOf: (item: T) => string,
    credentials: BackstageCredentials,
  ): Promise<readonly T[]> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) {
      return items;
    }
    if (decision.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(
        `The permission ${permission.name} is not granted to you`,
      );
    }
    const authorize = createConditionAuthorizer(
      this.#registry.getPermissionRuleset(this.#resourceRef),
    );
    const isSeen = await Promise.all(
      items.map(async item =>
        authorize(decision, await this.#authority.resolve(refOf(item))),
      ),
    );
    return items.filter((_, index) => isSeen[index]);
  }

  /** @throws NotAllowedError when the permission is not granted on the target */
  async require(
    permission: ConfigPermission,
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const seen = await this.filter(
      permission,
      [ref],
      target => target,
      credentials,
    );
    if (seen.length === 0) {
      throw new NotAllowedError(
        `The permission ${permission.name} is not granted to you on ${ref}`,
      );
    }
  }
}
