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
import { createTargetRules } from './createTargetRules';
import type { TargetAuthority } from './createTargetAuthority';

/** What deciding needs. @public */
export type TargetSightOptions = {
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  authority: TargetAuthority;
};

/**
 * Decides which of a plugin's targets a caller sees.
 *
 * @public
 */
export class TargetSight<T extends string = string> {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #authority: TargetAuthority;
  readonly #resourceRef: ReturnType<typeof createTargetRules>['resourceRef'];

  constructor(pluginId: string, resourceType: T, options: TargetSightOptions) {
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#authority = options.authority;
    this.#resourceRef = createTargetRules(pluginId, resourceType).resourceRef;
  }

  /**
   * Those of the items that the caller may see.
   *
   * @param refOf - the ref that an item is about
   * @throws NotAllowedError when nothing at all may be seen
   */
  async filter<Item>(
    permission: ResourcePermission<T>,
    items: readonly Item[],
    refOf: (item: Item) => string,
    credentials: BackstageCredentials,
  ): Promise<readonly Item[]> {
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
    permission: ResourcePermission<T>,
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
