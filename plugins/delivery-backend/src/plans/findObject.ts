import {
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type ObjectKey,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';

/**
 * An object, or undefined where there is none.
 *
 * @throws KubernetesError where anything but a missing object is answered
 */
export async function findObject(
  client: ClusterClient,
  cluster: string,
  type: ResourceType,
  key: ObjectKey,
): Promise<KubernetesObject | undefined> {
  try {
    return await client.get(cluster, type, key);
  } catch (error) {
    if (error instanceof KubernetesError && error.statusCode === 404) {
      return undefined;
    }
    throw error;
  }
}
