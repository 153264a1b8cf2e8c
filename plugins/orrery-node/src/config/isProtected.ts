import { environmentOf } from '@orrery/backstage-plugin-orrery-common';
import type { OrreryConfig } from './readOrreryConfig';

/**
 * True where a slip is costly, by `orrery.environments` or by
 * `protectedNamespaces` of the cluster: a preview then asks for the target's
 * name to be typed.
 *
 * @public
 */
export function isProtected(
  config: Pick<OrreryConfig, 'clusters' | 'environments'>,
  cluster: string,
  namespace: string,
): boolean {
  return (
    environmentOf(config.environments, cluster, namespace).protected ||
    config.clusters.some(
      candidate =>
        candidate.name === cluster &&
        candidate.protectedNamespaces.includes(namespace),
    )
  );
}
