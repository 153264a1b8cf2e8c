import {
  KubernetesError,
  type ClusterClient,
} from '@orrery/backstage-plugin-orrery-node';
import { FIELD_MANAGER } from '../workloads/actions/ActionTools';
import type { FoundObject, ServicePlace } from './ServiceObjects';
import { withoutServerFields } from './showObjects';

/**
 * Takes away what was not there before, and gives the others their former
 * text, the last first.
 *
 * @returns a sentence about what is as it was, and what is not
 */
export async function putBack(
  client: ClusterClient,
  { cluster, namespace }: ServicePlace,
  done: readonly FoundObject[],
): Promise<string> {
  if (done.length === 0) {
    return 'Nothing was changed.';
  }
  const left: string[] = [];
  for (const { key, type, present } of done) {
    const place = { namespace, name: key.name };
    try {
      if (present) {
        const { metadata } = await client.get(cluster, type, place);
        const { resourceVersion } = metadata;
        const former = withoutServerFields(present);
        await client.replace(
          cluster,
          type,
          { ...former, metadata: { ...former.metadata, resourceVersion } },
          { fieldManager: FIELD_MANAGER },
        );
      } else {
        await client.delete(cluster, type, place, {
          fieldManager: FIELD_MANAGER,
        });
      }
    } catch (error) {
      const isGone =
        error instanceof KubernetesError && error.statusCode === 404;
      if (!isGone) {
        const reason = error instanceof Error ? error.message : String(error);
        left.push(`${key.kind} ${key.name} (${reason})`);
      }
    }
  }
  return left.length === 0
    ? 'What was applied before it is as it was.'
    : `What was applied before it is as it was, but for ${left.join(', ')}.`;
}
