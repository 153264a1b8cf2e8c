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
import { RESOURCE_TYPE_DELIVERY_TARGET } from '@orrery/backstage-plugin-delivery-common';
import {
  createTargetRules,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';

/** Decides which targets a caller sees. */
export class TargetSight {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #authority: TargetAuthority;
  readonly #resourceRef = createTargetRules(
    'delivery',
    RESOURCE_TYPE_DELIVERY_TARGET,
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
   * Those of the items that the caller may see.
   *
   * @param refOf - the ref that an item is about
   * @throws NotAllowedError when nothing at all may be seen
   */
  async filter<T>(
    permission: ResourcePermission<typeof RESOURCE_TYPE_DELIVERY_TARGET>,
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

  /** @throws NotAllowedError when the target may not be seen */
  async require(
    permission: ResourcePermission<typeof RESOURCE_TYPE_DELIVERY_TARGET>,
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
        `You may not see ${ref}: the permission ${permission.name} is not granted to you on it`,
      );
    }
  }
}
