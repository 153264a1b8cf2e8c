import type { KubernetesObject } from '../../store';
import {
  asList,
  asNumber,
  asObject,
  asObjects,
  asText,
  sameJson,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import { atDesiredCounts } from './canary-counts';
import {
  withHeaderRoute,
  withMirrorRoute,
  withoutManaged,
  withWeight,
  type RouteRequest,
} from './istio-routes';
import {
  availableOf,
  currentSetWeight,
  currentStep,
  hashOf,
  isAborted,
  isFullyPromoted,
  lastSetWeight,
  maximumWeight,
  revisionOfRollout,
  rolloutComponent,
  rolloutHashLabel,
  type RolloutView,
} from './rollout';

const virtualServices = 'virtualservices.networking.istio.io';
const destinationRules = 'destinationrules.networking.istio.io';

interface Target {
  namespace: string;
  name: string;
  routes: string[];
}

function targets(view: RolloutView, istio: JsonObject): Target[] {
  const listed = [
    ...(istio.virtualService ? [asObject(istio.virtualService)] : []),
    ...asObjects(istio.virtualServices),
  ];
  return listed.map(entry => {
    const full = asText(entry.name) ?? '';
    const [name, namespace] = full.split('.');
    return {
      name,
      namespace: namespace ?? view.rollout.metadata.namespace ?? 'default',
      routes: asList(entry.routes).map(String),
    };
  });
}

function requestOf(view: RolloutView, istio: JsonObject): RouteRequest {
  const { canary } = view;
  const rule = asObject(istio.destinationRule);
  return {
    routes: [],
    managed: asObjects(asObject(canary?.trafficRouting).managedRoutes).map(
      entry => asText(entry.name) ?? '',
    ),
    sides: istio.destinationRule
      ? {
          by: 'subset',
          canary: asText(rule.canarySubsetName) ?? '',
          stable: asText(rule.stableSubsetName) ?? '',
        }
      : {
          by: 'host',
          canary: asText(canary?.canaryService) ?? '',
          stable: asText(canary?.stableService) ?? '',
        },
  };
}

/** Weight that the canary should have now: never more than its ready pods can take. */
function desiredWeight(view: RolloutView): number {
  const { newest, status, canary, steps, stepIndex, replicas } = view;
  if (isFullyPromoted(view) || isAborted(status)) return 0;
  if (!newest || availableOf(newest) === 0) return 0;
  if (status.promoteFull === true) {
    const weights = asObject(asObject(status.canary).weights);
    return canary?.dynamicStableScale === true
      ? Math.floor((maximumWeight(canary) * availableOf(newest)) / replicas)
      : asNumber(asObject(weights.canary).weight) ?? 0;
  }
  if (stepIndex === undefined) return maximumWeight(canary);
  if (!atDesiredCounts(view)) return lastSetWeight(steps, stepIndex - 1);
  return currentSetWeight(view);
}

function writeSubsets(
  context: ControllerContext,
  view: RolloutView,
  istio: JsonObject,
): void {
  if (!istio.destinationRule) return;
  const { store, events } = context;
  const wanted = asObject(istio.destinationRule);
  const namespace = view.rollout.metadata.namespace;
  const name = asText(wanted.name) ?? '';
  const rule = store.get(destinationRules, namespace, name);
  if (!rule) {
    throw new Error(`destinationrules.networking.istio.io "${name}" not found`);
  }
  const stable = hashOf(view.stable);
  const canary = hashOf(view.newest) || stable;
  const hashes: Record<string, string> = {
    [String(wanted.canarySubsetName)]: canary,
    [String(wanted.stableSubsetName)]: stable || canary,
  };
  const subsets = asObjects(rule.spec?.subsets).map(subset => {
    const hash = hashes[asText(subset.name) ?? ''];
    return hash
      ? {
          ...subset,
          labels: { ...asObject(subset.labels), [rolloutHashLabel]: hash },
        }
      : subset;
  });
  if (sameJson(rule.spec?.subsets, subsets)) return;
  store.put(destinationRules, {
    ...rule,
    metadata: {
      ...rule.metadata,
      annotations: {
        ...rule.metadata.annotations,
        'argo-rollouts.argoproj.io/managed-by-rollouts':
          view.rollout.metadata.name,
      },
    },
    spec: { ...rule.spec, subsets },
  });
  events.record(
    view.rollout,
    'Normal',
    'UpdatedDestinationRule',
    `DestinationRule ${name} subset updated (${wanted.canarySubsetName}: ${canary}, ${wanted.stableSubsetName}: ${stable})`,
    rolloutComponent,
  );
}

function writeRoutes(
  view: RolloutView,
  virtualService: KubernetesObject,
  request: RouteRequest,
  weight: number,
): KubernetesObject {
  const { status, newest, rollout } = view;
  const step = currentStep(view);
  const clear =
    isFullyPromoted(view) ||
    isAborted(status) ||
    status.promoteFull === true ||
    availableOf(newest) === 0;
  let changed = virtualService;
  if (clear) {
    changed = withoutManaged(changed, request);
  } else if (step && revisionOfRollout(rollout) > 1) {
    if (step.setHeaderRoute) {
      changed = withHeaderRoute(
        changed,
        request,
        asObject(step.setHeaderRoute),
      );
    }
    if (step.setMirrorRoute) {
      changed = withMirrorRoute(
        changed,
        request,
        asObject(step.setMirrorRoute),
      );
    }
  }
  return withWeight(changed, request, weight, maximumWeight(view.canary));
}

function writeServices(context: ControllerContext, view: RolloutView): void {
  const { canary, newest, stable, status, rollout } = view;
  const point = (name: unknown, set: KubernetesObject | undefined) => {
    const service =
      set &&
      context.store.get(
        'services',
        rollout.metadata.namespace,
        asText(name) ?? '',
      );
    if (!service) return;
    const selector = asObject(service.spec?.selector);
    if (selector[rolloutHashLabel] === hashOf(set)) return;
    context.store.put('services', {
      ...service,
      spec: {
        ...service.spec,
        selector: { ...selector, [rolloutHashLabel]: hashOf(set) },
      },
    });
  };
  point(canary?.stableService, stable);
  if (isAborted(status)) point(canary?.canaryService, stable);
  else if (availableOf(newest) > 0) point(canary?.canaryService, newest);
}

/**
 * Leads traffic as the Rollout's step asks for: subsets or services, weights,
 * header and mirror routes. Returns the weights for the status, or undefined
 * without traffic routing.
 * @throws Error when an object that the Rollout names is missing or unfit
 */
export function routeTraffic(
  context: ControllerContext,
  view: RolloutView,
): JsonObject | undefined {
  const { canary, stable, newest, status, rollout } = view;
  writeServices(context, view);
  const istio = asObject(asObject(canary?.trafficRouting).istio);
  if (!canary?.trafficRouting || !asObject(canary.trafficRouting).istio) {
    return undefined;
  }
  writeSubsets(context, view, istio);
  const weight = desiredWeight(view);
  const request = requestOf(view, istio);
  for (const { namespace, name, routes } of targets(view, istio)) {
    const found = context.store.get(virtualServices, namespace, name);
    if (!found) {
      throw new Error(
        `virtualservices.networking.istio.io "${name}" not found`,
      );
    }
    context.store.put(
      virtualServices,
      writeRoutes(view, found, { ...request, routes }, weight),
    );
  }
  const service = (name: unknown) =>
    asText(name) ? { serviceName: asText(name) } : {};
  const stableHash = hashOf(stable);
  const before = asObject(asObject(status.canary).weights);
  const from = asNumber(asObject(before.canary).weight);
  if (from !== weight) {
    context.events.record(
      rollout,
      'Normal',
      'TrafficWeightUpdated',
      `Traffic weight updated ${
        from === undefined ? '' : `from ${from} `
      }to ${weight}`,
      rolloutComponent,
    );
  }
  return {
    canary: {
      weight,
      podTemplateHash: hashOf(newest) || stableHash,
      ...service(canary.canaryService),
    },
    stable: {
      weight: maximumWeight(canary) - weight,
      podTemplateHash: stableHash,
      ...service(canary.stableService),
    },
  };
}
