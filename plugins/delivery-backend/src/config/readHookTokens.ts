import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { OrreryConfig } from '@orrery/backstage-plugin-orrery-node';
import type { HookTokens } from '../hooks/createHooksRouter';

const SHORTEST_TOKEN = 8;

/**
 * Reads `orrery.flagger.hooks`.
 *
 * @throws Error that names the key, what was expected and what was found
 */
export function readHookTokens(
  config: RootConfigService,
  { clusters }: Pick<OrreryConfig, 'clusters'>,
): HookTokens {
  const hooks = config.getOptionalConfigArray('orrery.flagger.hooks') ?? [];
  return hooks.map((hook, index) => {
    const path = `orrery.flagger.hooks[${index}]`;
    const cluster = hook.getString('cluster');
    if (!clusters.some(({ name }) => name === cluster)) {
      throw new Error(
        `Configuration ${path}.cluster: expected a cluster of orrery.clusters (${clusters
          .map(({ name }) => name)
          .join(', ')}), got ${JSON.stringify(cluster)}`,
      );
    }
    const token = hook.getString('token');
    if (token.length < SHORTEST_TOKEN) {
      throw new Error(
        `Configuration ${path}.token: expected at least ${SHORTEST_TOKEN} characters, got ${token.length}`,
      );
    }
    return { cluster, token };
  });
}
