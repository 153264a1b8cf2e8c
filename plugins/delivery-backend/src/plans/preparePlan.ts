import {
  imageVersion,
  labelValue,
  routingInWords,
  routingOf,
  templateParts,
  type CanaryPlan,
  type PlanContext,
  type PlanRouteObjects,
} from '@orrery/backstage-plugin-delivery-common';
import {
  findHttpRoutesTo,
  findRoutesTo,
  findRulesOf,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type NamedObject,
} from '@orrery/backstage-plugin-orrery-node';
import { gatewayBypasses } from './gatewayBypasses';
import { selectorOf, selects } from './labels';
import { prepareHttpRoute } from './prepareHttpRoute';
import { prepareIstioRoutes } from './prepareIstioRoutes';
import { readSurroundings, type PlanSurroundings } from './readSurroundings';
import { refuseOthers, refuseTwoRouters } from './refuseShared';
import { routesElsewhere } from './routesElsewhere';

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
  const [stable, surroundings] = await Promise.all([
    client.get(cluster, RESOURCE_TYPES.deployments, { namespace, name }),
    readSurroundings(client, cluster, namespace),
  ]);
  const prepared = preparedPlan(plan, stable, surroundings);
  const elsewhere = await routesElsewhere(
    client,
    { cluster, namespace },
    prepared.context.service,
  );
  return { ...prepared, sentences: [...prepared.sentences, ...elsewhere] };
}

/**
 * The same of what was read already, of its own namespace alone.
 *
 * @throws InvalidValueError as {@link preparePlan}
 */
export function preparedPlan(
  plan: CanaryPlan,
  stable: KubernetesObject,
  surroundings: PlanSurroundings,
): PreparedPlan {
  const { namespace, services, virtualServices, destinationRules } =
    surroundings;
  const { name } = stable.metadata;
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
  const service = chooseService(services, labels, {
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
  refuseOthers(service, name, surroundings);
  const host = service.metadata.name;
  const [route] = findRoutesTo(virtualServices, host, namespace);
  const gatewayRoutes = findHttpRoutesTo(
    surroundings.httpRoutes,
    host,
    namespace,
  );
  refuseTwoRouters(host, route?.virtualService, gatewayRoutes);
  const bypasses = gatewayBypasses(
    virtualServices,
    host,
    namespace,
    route?.virtualService,
  );
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
    const { routes, sentences, ...prepared } = prepareHttpRoute({
      route: gatewayRoutes[0],
      service,
      services,
      workload: name,
      stableLabels,
      canaryLabels,
    });
    const context = { ...common, ...prepared.context };
    return {
      stable,
      context,
      routes,
      sentences: [
        routingInWords(routingOf(context)),
        ...sentences,
        ...bypasses,
      ],
    };
  }
  const prepared = prepareIstioRoutes({
    host,
    stableLabels,
    virtualService: route?.virtualService,
    destinationRule: findRulesOf(destinationRules, host, namespace)[0],
    virtualServices,
    destinationRules,
  });
  const context = { ...common, ...prepared.context };
  return {
    stable,
    context,
    routes: prepared.routes,
    sentences: [routingInWords(routingOf(context)), ...bypasses],
  };
}
