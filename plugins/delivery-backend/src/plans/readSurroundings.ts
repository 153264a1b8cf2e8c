import {
  KubernetesError,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';

/** What a plan has to look at besides its Deployment, all of one namespace. */
export type PlanSurroundings = {
  namespace: string;
  deployments: readonly KubernetesObject[];
  services: readonly KubernetesObject[];
  virtualServices: readonly KubernetesObject[];
  destinationRules: readonly KubernetesObject[];
  httpRoutes: readonly KubernetesObject[];
};

/**
 * Reads what surrounds the Deployments of a namespace.
 *
 * @throws KubernetesError where a kind cannot be read
 */
export async function readSurroundings(
  client: ClusterClient,
  cluster: string,
  namespace: string,
): Promise<PlanSurroundings> {
  const list = async (type: ResourceType) =>
    (await client.list(cluster, type, { namespace })).items;
  /** None where the cluster does not know the kind. */
  const listOptional = async (type: ResourceType) => {
    try {
      return await list(type);
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 404) {
        return [];
      }
      throw error;
    }
  };
  const [deployments, services, virtualServices, destinationRules, httpRoutes] =
    await Promise.all([
      list(RESOURCE_TYPES.deployments),
      list(RESOURCE_TYPES.services),
      list(RESOURCE_TYPES.virtualServices),
      list(RESOURCE_TYPES.destinationRules),
      listOptional(RESOURCE_TYPES.httpRoutes),
    ]);
  return {
    namespace,
    deployments,
    services,
    virtualServices,
    destinationRules,
    httpRoutes,
  };
}
