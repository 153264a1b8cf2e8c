import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import { FIELD_MANAGER } from '../plans/fieldManager';
import type { CachedObjects } from './CachedObjects';
import { RESET_SKIP_ANNOTATION } from './flaggerChange';

const OVER = new Set(['Succeeded', 'Failed', 'Initialized', 'Terminated']);

/**
 * `skipAnalysis` was meant for one rollout: once that is over it is taken
 * back, or the next one would go unanalysed without anyone noticing.
 */
export async function resetSkippedAnalyses(options: {
  objects: CachedObjects;
  client: ClusterClient;
  config: OrreryConfig;
  logger: LoggerService;
}): Promise<void> {
  const { objects, client, config, logger } = options;
  for (const { name: cluster } of config.clusters) {
    const list = await objects.list(cluster, RESOURCE_TYPES.canaries);
    for (const { metadata, status } of list.objects) {
      const phase: unknown =
        typeof status === 'object' && status !== null
          ? Reflect.get(status, 'phase')
          : undefined;
      if (
        metadata.annotations?.[RESET_SKIP_ANNOTATION] === undefined ||
        !OVER.has(String(phase))
      ) {
        continue;
      }
      try {
        await client.patch(
          cluster,
          RESOURCE_TYPES.canaries,
          metadata,
          {
            type: 'merge',
            patch: {
              metadata: { annotations: { [RESET_SKIP_ANNOTATION]: null } },
              spec: { skipAnalysis: false },
            },
          },
          { fieldManager: FIELD_MANAGER },
        );
      } catch (error) {
        logger.warn(
          `skipAnalysis of ${metadata.namespace}/${metadata.name} could not be taken back: ${error}`,
        );
      }
    }
  }
}
