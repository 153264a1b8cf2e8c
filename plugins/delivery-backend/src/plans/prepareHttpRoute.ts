import {
  CANARY_OF_LABEL,
  type GatewayPlanContext,
  type PlanRouteObjects,
} from '@orrery/backstage-plugin-delivery-common';
import {
  keepBackends,
  readRouteStanding,
  type HttpRouteTo,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { selectorOf, selects, type Labels } from './labels';
import { withoutServerFields } from './withoutServerFields';

type Options = {
  route: HttpRouteTo<KubernetesObject>;
  service: KubernetesObject;
  services: readonly KubernetesObject[];
  /** Name of the stable Deployment. */
  workload: string;
  stableLabels: Labels;
  canaryLabels: Labels;
};

/** Fields of a port that a Service of our own may have too; a node port is taken. */
function portsOf({ spec }: KubernetesObject): Record<string, unknown>[] {
  const ports: unknown = Reflect.get(Object(spec), 'ports');
  return (Array.isArray(ports) ? ports : []).map(
    ({ nodePort, ...port }) => port,
  );
}

/** Every ordinary request must go to the one Service that a plan shares out. */
function refuseShared(
  { route, service }: Options,
  kept: GatewayPlanContext['httpRoute']['originalRules'],
): void {
  const host = service.metadata.name;
  const names = kept.flatMap(({ backendRefs }) =>
    (Array.isArray(backendRefs) ? backendRefs : []).map(({ name }) =>
      String(name),
    ),
  );
  const others = [...new Set(names.filter(name => name !== host))];
  if (others.length > 0) {
    throw new InvalidValueError(
      'service',
      `a Service whose traffic nobody else shares out (HTTPRoute ${
        route.httpRoute.metadata.name
      } sends some of it to ${others.join(', ')})`,
      host,
    );
  }
}

/** What no controller follows shares out nothing. */
function refuseIgnored({ route, service }: Options): string[] {
  const { state, sentence } = readRouteStanding(route.httpRoute);
  if (state === 'refused') {
    throw new InvalidValueError(
      'service',
      `a Service whose HTTPRoute is in force (${sentence})`,
      service.metadata.name,
    );
  }
  return sentence === undefined ? [] : [sentence];
}

/** What leads to a version's Service must be the plan's own, to be taken away again. */
function refuseNamed(
  { route, service }: Options,
  sides: readonly { name: string }[],
): void {
  const { spec, metadata } = route.httpRoute;
  const written = JSON.stringify(spec);
  const named = sides.find(({ name }) => written.includes(`"name":"${name}"`));
  if (named) {
    throw new InvalidValueError(
      'service',
      `a Service whose HTTPRoute does not lead to ${named.name} already (${metadata.name} does): a canary could not tell its own rules from those`,
      service.metadata.name,
    );
  }
}

/**
 * The Service of one version: one that is there, if it has the pods of this
 * version and no others.
 */
function versionService(
  { service, services, workload, ...labels }: Options,
  side: 'stable' | 'canary',
): GatewayPlanContext['services']['stable'] & { isReused: boolean } {
  const name = `${service.metadata.name}-${side}`;
  const found = services.find(({ metadata }) => metadata.name === name);
  const base = selectorOf(service);
  const own = {
    stable: { ...base, ...labels.stableLabels },
    canary: {
      ...base,
      ...labels.canaryLabels,
      [CANARY_OF_LABEL]: workload,
    },
  };
  if (!found) {
    return { name, selector: own[side], isReused: false };
  }
  if (found.metadata.labels?.[CANARY_OF_LABEL] !== undefined) {
    throw new InvalidValueError(
      'service',
      `a Service without the rest of an earlier canary: nobody drives Service ${name} any more, delete it`,
      service.metadata.name,
    );
  }
  const selector = selectorOf(found);
  const other = side === 'stable' ? 'canary' : 'stable';
  if (!selects(selector, own[side]) || selects(selector, own[other])) {
    throw new InvalidValueError(
      'service',
      `a Service beside which the name ${name} is free, or has the ${side} pods alone: an HTTPRoute tells versions apart by a Service for each`,
      service.metadata.name,
    );
  }
  return { name, selector, isReused: true };
}

/** Requests that the plan does not share out, in words. */
function bypasses({ route }: Options, keptCount: number): string[] {
  const { name } = route.httpRoute.metadata;
  const byPods = `reach both versions by their numbers of pods, whatever the weight`;
  return [
    ...(route.isOwn
      ? []
      : [
          `HTTPRoute ${name} rules what comes through its Gateways: requests of the mesh’s own callers ${byPods}.`,
        ]),
    ...(route.rules.length > keptCount
      ? [
          `Requests that rules of HTTPRoute ${name} choose by headers or query ${byPods}.`,
        ]
      : []),
  ];
}

/**
 * What a plan has to know of the HTTPRoute that leads to a Service, with
 * the Services that the versions have or will get.
 *
 * @throws InvalidValueError where it cannot be shared out, or somebody else
 *   does
 */
export function prepareHttpRoute(options: Options): {
  context: Pick<GatewayPlanContext, 'httpRoute' | 'services' | 'ports'>;
  routes: PlanRouteObjects;
  sentences: string[];
} {
  const { route, service, services } = options;
  const { httpRoute } = route;
  const host = service.metadata.name;
  const originalRules = keepBackends(httpRoute, host);
  refuseShared(options, originalRules);
  const standing = refuseIgnored(options);
  const sides = {
    stable: versionService(options, 'stable'),
    canary: versionService(options, 'canary'),
  };
  refuseNamed(options, Object.values(sides));
  const { name } = httpRoute.metadata;
  const live = (wanted: string) =>
    services.find(({ metadata }) => metadata.name === wanted);
  const reused = Object.values(sides).filter(({ isReused }) => isReused);
  const made = Object.values(sides).filter(({ isReused }) => !isReused);
  const namesOf = (list: readonly { name: string }[]) =>
    list.map(side => side.name).join(' and ');
  return {
    context: {
      httpRoute: {
        name,
        originalRules,
        original: withoutServerFields(httpRoute, {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
        }),
      },
      services: {
        stable: { name: sides.stable.name, selector: sides.stable.selector },
        canary: { name: sides.canary.name, selector: sides.canary.selector },
      },
      ports: portsOf(service),
    },
    routes: {
      httpRoute,
      stableService: live(sides.stable.name),
      canaryService: live(sides.canary.name),
    },
    sentences: [
      ...(made.length > 0
        ? [
            `HTTPRoute ${name} gets a Service for each version: ${namesOf(
              made,
            )} ${made.length > 1 ? 'are' : 'is'} made, and removed at the end.`,
          ]
        : []),
      ...(reused.length > 0
        ? [
            `${namesOf(reused)} ${
              reused.length > 1
                ? 'are there already and are'
                : 'is there already and is'
            } used as found.`,
          ]
        : []),
      ...bypasses(options, originalRules.length),
      ...standing,
    ],
  };
}
