import {
  findHttpRoutesTo,
  findRoutesTo,
} from '@orrery/backstage-plugin-mesh-common';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';

/** Objects of all namespaces but one; none where the cluster does not know the kind. */
async function listElsewhere(
  client: ClusterClient,
  cluster: string,
  type: ResourceType,
  namespace: string,
): Promise<KubernetesObject[]> {
  try {
    const { items } = await client.list(cluster, type);
    return items.filter(({ metadata }) => metadata.namespace !== namespace);
  } catch (error) {
    if (error instanceof KubernetesError && error.statusCode === 404) {
      return [];
    }
    throw error;
  }
}

/**
 * What other namespaces route to a Service, in words: a plan changes objects
 * of its own namespace only.
 */
export async function routesElsewhere(
  client: ClusterClient,
  { cluster, namespace }: { cluster: string; namespace: string },
  host: string,
): Promise<string[]> {
  try {
    const [virtualServices, httpRoutes] = await Promise.all(
      [RESOURCE_TYPES.virtualServices, RESOURCE_TYPES.httpRoutes].map(type =>
        listElsewhere(client, cluster, type, namespace),
      ),
    );
    const nameOf = (kind: string, { metadata }: KubernetesObject) =>
      `${kind} ${metadata.namespace}/${metadata.name}`;
    const names = [
      ...findRoutesTo(virtualServices, host, namespace, {
        withGateways: true,
      }).map(({ virtualService }) => nameOf('VirtualService', virtualService)),
      ...findHttpRoutesTo(httpRoutes, host, namespace).map(({ httpRoute }) =>
        nameOf('HTTPRoute', httpRoute),
      ),
    ];
    return names.length > 0
      ? [
          `Requests that come to ${host} by ${names.join(
            ' and ',
          )} reach both versions by their numbers of pods, whatever the weight.`,
        ]
      : [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      `Whether other namespaces route requests to ${host} is not known: ${reason}.`,
    ];
  }
}
