import type {
  AuthService,
  LoggerService,
  PermissionsRegistryService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { OrreryConfig } from '../config';
import { createTargetRules } from './createTargetRules';
import { OwnerIndex } from './OwnerIndex';
import { resolveTarget } from './resolveTarget';
import type { Target } from './types';

/** Knows the targets of a plugin's actions. @public */
export type TargetAuthority = {
  /**
   * @throws InvalidValueError when the ref has another shape, and what the
   *   catalog threw when it was never read
   */
  resolve(ref: string): Promise<Target>;
};

/**
 * Registers the resource type of a plugin's targets with its permissions and
 * rules, so that policies can decide by owner, cluster, namespace, environment
 * and kind.
 *
 * @public
 */
export function createTargetAuthority(options: {
  pluginId: string;
  resourceType: string;
  permissions: ResourcePermission[];
  permissionsRegistry: PermissionsRegistryService;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  config: Pick<OrreryConfig, 'environments'>;
}): TargetAuthority {
  const { pluginId, resourceType, config } = options;
  const index = new OwnerIndex(options);
  const resolve = async (ref: string) =>
    resolveTarget(ref, config.environments, await index.read());
  options.permissionsRegistry.addResourceType({
    ...createTargetRules(pluginId, resourceType),
    permissions: options.permissions,
    getResources: refs =>
      // A ref that cannot be read names nothing, and nothing is permitted on it.
      Promise.all(
        refs.map(ref =>
          resolve(ref).catch((error: Error) => {
            if (error.name === 'InputError') {
              return undefined;
            }
            throw error;
          }),
        ),
      ),
  });
  return { resolve };
}
