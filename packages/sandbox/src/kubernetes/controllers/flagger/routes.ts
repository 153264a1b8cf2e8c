import {
  asList,
  asNumber,
  asObject,
  asObjects,
  sameJson,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import { ownedBy } from '../owner-index';
import { totalWeight, type CanaryView } from './canary';

const virtualServices = 'virtualservices.networking.istio.io';

/** How traffic is led. */
export interface Routes {
  canaryWeight: number;
  mirrored: boolean;
}

function conditionsFor(view: CanaryView): unknown[] | undefined {
  const own = asList(view.analysis.match);
  return own.length && asNumber(view.analysis.iterations) ? own : undefined;
}

function specOf(view: CanaryView, routes: Routes): JsonObject {
  const { canary, apex, analysis } = view;
  const service = asObject(canary.spec?.service);
  const hosts = asList(service.hosts);
  const gateways = asList(service.gateways);
  const shared = Object.fromEntries(
    ['rewrite', 'timeout', 'retries', 'corsPolicy', 'headers']
      .filter(field => service[field] !== undefined)
      .map(field => [field, service[field]]),
  );
  const match = asList(service.match);
  const common = { ...(match.length ? { match } : {}), ...shared };
  const to = (side: 'primary' | 'canary', weight: number) => ({
    destination: { host: `${apex}-${side}` },
    weight,
  });
  const weighted = {
    route: [
      to('primary', totalWeight - routes.canaryWeight),
      to('canary', routes.canaryWeight),
    ],
    ...(routes.mirrored
      ? {
          mirror: { host: `${apex}-canary` },
          mirrorPercentage: { value: asNumber(analysis.mirrorWeight) ?? 100 },
        }
      : {}),
  };
  const conditions = conditionsFor(view);
  return {
    hosts:
      hosts.includes(apex) || hosts.includes('*') ? hosts : [...hosts, apex],
    gateways: gateways.length ? gateways : ['mesh'],
    http: conditions
      ? [
          { ...shared, match: conditions, ...weighted },
          { ...common, route: [to('primary', totalWeight)] },
        ]
      : [{ ...common, ...weighted }],
  };
}

/** How the Canary's VirtualService leads traffic now. */
export function readRoutes(
  { store }: ControllerContext,
  { namespace, apex }: CanaryView,
): Routes {
  const found = store.get(virtualServices, namespace, apex);
  const [route] = asObjects(found?.spec?.http);
  const canary = asObjects(route?.route).find(
    entry => asObject(entry.destination).host === `${apex}-canary`,
  );
  return {
    canaryWeight: asNumber(canary?.weight) ?? 0,
    mirrored: route?.mirror !== undefined,
  };
}

/** Leads traffic; makes the VirtualService, or takes an existing one over. */
export function writeRoutes(
  context: ControllerContext,
  view: CanaryView,
  routes: Routes,
): void {
  const { store } = context;
  const { namespace, apex, canary } = view;
  const found = store.get(virtualServices, namespace, apex);
  const spec = specOf(view, routes);
  if (found && sameJson(found.spec, spec)) return;
  store.put(virtualServices, {
    ...(found ?? {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'VirtualService',
      metadata: { name: apex, namespace, ownerReferences: [ownedBy(canary)] },
    }),
    spec,
  });
}
