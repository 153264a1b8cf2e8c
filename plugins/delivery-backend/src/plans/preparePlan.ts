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
  findRoutesTo,
  findRulesOf,
  keepDestinations,
  readWeights,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type NamedObject,
} from '@orrery/backstage-plugin-orrery-node';

/** What a plan would begin with. */
export type PreparedPlan = {
  stable: KubernetesObject;
  context: PlanContext;
  routes: PlanRouteObjects;
  /** What one should know before it begins. */
  sentences: string[];
};

const SUBSETS = { stable: 'stable', canary: 'canary' };

type Labels = Record<string, string>;

const selects = (selector: Labels, labels: Labels) =>
  Object.keys(selector).length > 0 &&
  Object.entries(selector).every(([name, value]) => labels[name] === value);

function selectorOf({ spec }: KubernetesObject): Labels {
  const selector: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'selector')
      : undefined;
  return typeof selector === 'object' && selector !== null
    ? (selector as Labels)
    : {};
}

/** The subset that has the stable pods already, or a new one. */
function stableSubset(
  rule: KubernetesObject | undefined,
  labels: Labels,
): { name: string; isNew: boolean } {
  const spec = rule?.spec;
  const subsets: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'subsets')
      : undefined;
  const found = (Array.isArray(subsets) ? subsets : []).find(
    subset => JSON.stringify(subset.labels) === JSON.stringify(labels),
  );
  return typeof found?.name === 'string'
    ? { name: found.name, isNew: false }
    : { name: SUBSETS.stable, isNew: true };
}

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
  const [stable, services, virtualServices, destinationRules, deployments] =
    await Promise.all([
      client.get(cluster, RESOURCE_TYPES.deployments, { namespace, name }),
      client.list(cluster, RESOURCE_TYPES.services, { namespace }),
      client.list(cluster, RESOURCE_TYPES.virtualServices, { namespace }),
      client.list(cluster, RESOURCE_TYPES.destinationRules, { namespace }),
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
  const service = services.items.find(candidate =>
    plan.service
      ? candidate.metadata.name === plan.service
      : selects(selectorOf(candidate), labels),
  );
  if (!service || !selects(selectorOf(service), labels)) {
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
  const shared = route && readWeights(route.virtualService, host);
  if (shared && shared.filter(({ weight }) => weight > 0).length > 1) {
    throw new InvalidValueError(
      'service',
      `a Service whose traffic nobody else shares out (VirtualService ${route.virtualService.metadata.name} does)`,
      host,
    );
  }
  const [rule] = findRulesOf(destinationRules.items, host, namespace);
  const tag = labelValue(imageVersion(plan.image));
  const stableLabels = { version };
  const subset = stableSubset(rule, stableLabels);
  const context: PlanContext = {
    app,
    service: host,
    container: container.name,
    oldImage: container.image,
    canaryWorkload: `${name}-canary`,
    stableLabels,
    canaryLabels: { version: tag === version ? `${tag}-canary` : tag },
    subsets: { ...SUBSETS, stable: subset.name },
    virtualService: {
      name: route?.virtualService.metadata.name ?? host,
      ...(route && {
        originalRoutes: keepDestinations(route.virtualService, host),
      }),
    },
    destinationRule: {
      name: rule?.metadata.name ?? host,
      isMade: !rule,
      madeSubsets: rule && subset.isNew ? [subset.name] : [],
    },
  };
  return {
    stable,
    context,
    routes: { virtualService: route?.virtualService, destinationRule: rule },
    sentences: [],
  };
}
