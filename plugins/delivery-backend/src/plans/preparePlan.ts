import {
  CANARY_OF_LABEL,
  imageVersion,
  labelValue,
  templateParts,
  type CanaryPlan,
  type PlanContext,
  type PlanRouteObjects,
} from '@orrery/backstage-plugin-delivery-common';
import {
  findHttpRoutesTo,
  findRoutesTo,
  findRulesOf,
  type HttpRouteTo,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type NamedObject,
} from '@orrery/backstage-plugin-orrery-node';
import { selectorOf, selects } from './labels';
import { prepareHttpRoute } from './prepareHttpRoute';
import { prepareIstioRoutes } from './prepareIstioRoutes';

/** What a plan would begin with. */
export type PreparedPlan = {
  stable: KubernetesObject;
  context: PlanContext;
  routes: PlanRouteObjects;
  /** What one should know before it begins. */
  sentences: string[];
};

function chooseContainer(
  plan: CanaryPlan,
  containers: readonly Record<string, unknown>[],
  app: string,
): { name: string; image: string } {
  const names = containers.map(({ name }) => String(name));
  const name = plan.container ?? (names.includes(app) ? app : names[0] ?? '');
  const found = containers.find(container => container.name === name);
  if (!found) {
    throw new InvalidValueError('container', names.join(' or '), name);
  }
  return { name, image: String(found.image) };
}

/** None where the cluster does not know the Gateway API. */
async function listHttpRoutes(
  client: ClusterClient,
  cluster: string,
  namespace: string,
): Promise<KubernetesObject[]> {
  try {
    const { httpRoutes } = RESOURCE_TYPES;
    return (await client.list(cluster, httpRoutes, { namespace })).items;
  } catch (error) {
    if (error instanceof KubernetesError && error.statusCode === 404) {
      return [];
    }
    throw error;
  }
}

/** The Service that was asked for, or the one of the app's name, or any that has the pods. */
function chooseService(
  services: readonly KubernetesObject[],
  labels: Record<string, string>,
  { asked, app }: { asked: string | undefined; app: string },
): KubernetesObject | undefined {
  const fitting = services.filter(service =>
    selects(selectorOf(service), labels),
  );
  const named = (name: string) =>
    fitting.find(({ metadata }) => metadata.name === name);
  return asked === undefined ? named(app) ?? fitting[0] : named(asked);
}

/**
 * Looks at a Deployment and its routes for what a plan needs to know.
 *
 * @throws InvalidValueError where a canary cannot be made of it, naming the
 *   field and what would be needed
 */
export async function preparePlan(
  client: ClusterClient,
  plan: CanaryPlan,
  { cluster, namespace, name }: NamedObject,
): Promise<PreparedPlan> {
  const [
    stable,
    services,
    virtualServices,
    destinationRules,
    httpRoutes,
    deployments,
  ] = await Promise.all([
    client.get(cluster, RESOURCE_TYPES.deployments, { namespace, name }),
    client.list(cluster, RESOURCE_TYPES.services, { namespace }),
    client.list(cluster, RESOURCE_TYPES.virtualServices, { namespace }),
    client.list(cluster, RESOURCE_TYPES.destinationRules, { namespace }),
    listHttpRoutes(client, cluster, namespace),
    client.list(cluster, RESOURCE_TYPES.deployments, { namespace }),
  ]);
  const { labels, containers } = templateParts(stable);
  const app = labels['service.istio.io/canonical-name'] ?? labels.app ?? name;
  const container = chooseContainer(plan, containers, app);
  if (container.image === plan.image) {
    throw new InvalidValueError(
      'image',
      'another image than the one that runs',
      plan.image,
    );
  }
  const { version } = labels;
  if (!version) {
    throw new InvalidValueError(
      'workload',
      'a Deployment whose pods carry the label `version`, by which Istio tells the two versions apart',
      name,
    );
  }
  const service = chooseService(services.items, labels, {
    asked: plan.service,
    app,
  });
  if (!service) {
    throw new InvalidValueError(
      'service',
      `a Service in ${namespace} that selects the pods of ${name}`,
      plan.service,
    );
  }
  const others = deployments.items.filter(
    other =>
      other.metadata.name !== name &&
      selects(selectorOf(service), templateParts(other).labels),
  );
  const left = others.find(
    ({ metadata }) => metadata.labels?.[CANARY_OF_LABEL] === name,
  );
  if (left) {
    throw new InvalidValueError(
      'workload',
      `a Deployment without the rest of an earlier canary: nobody drives ${left.metadata.name} any more, delete it`,
      name,
    );
  }
  if (others.length > 0) {
    throw new InvalidValueError(
      'workload',
      `a Service with one Deployment behind it; ${
        service.metadata.name
      } has ${others
        .map(({ metadata }) => metadata.name)
        .join(', ')} besides, whose traffic is shifted already`,
      name,
    );
  }
  const host = service.metadata.name;
  const [route] = findRoutesTo(virtualServices.items, host, namespace);
  const gatewayRoutes = findHttpRoutesTo(httpRoutes, host, namespace);
  refuseTwoRouters(host, route?.virtualService, gatewayRoutes);
  const tag = labelValue(imageVersion(plan.image));
  const stableLabels = { version };
  const canaryLabels = { version: tag === version ? `${tag}-canary` : tag };
  const common = {
    app,
    service: host,
    container: container.name,
    oldImage: container.image,
    canaryWorkload: `${name}-canary`,
    stableLabels,
    canaryLabels,
  };
  if (gatewayRoutes.length > 0) {
    const { context, ...prepared } = prepareHttpRoute({
      route: gatewayRoutes[0],
      service,
      services: services.items,
      workload: name,
      stableLabels,
      canaryLabels,
    });
    return { stable, context: { ...common, ...context }, ...prepared };
  }
  const { context, routes } = prepareIstioRoutes({
    host,
    stableLabels,
    virtualService: route?.virtualService,
    destinationRule: findRulesOf(destinationRules.items, host, namespace)[0],
  });
  return {
    stable,
    context: { ...common, ...context },
    routes,
    sentences: [],
  };
}

/** With two objects that decide, nobody can tell which one a request follows. */
function refuseTwoRouters(
  host: string,
  virtualService: KubernetesObject | undefined,
  httpRoutes: readonly HttpRouteTo<KubernetesObject>[],
): void {
  const routers = [
    ...(virtualService
      ? [`VirtualService ${virtualService.metadata.name}`]
      : []),
    ...httpRoutes.map(
      ({ httpRoute }) => `HTTPRoute ${httpRoute.metadata.name}`,
    ),
  ];
  if (httpRoutes.length > 0 && routers.length > 1) {
    throw new InvalidValueError(
      'service',
      `a Service with one object that routes its requests: ${routers.join(
        ' and ',
      )} both do, and a canary could only share out those of one`,
      host,
    );
  }
}
