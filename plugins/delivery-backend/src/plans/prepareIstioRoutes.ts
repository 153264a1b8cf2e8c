import type {
  IstioPlanContext,
  PlanRouteObjects,
} from '@orrery/backstage-plugin-delivery-common';
import {
  keepDestinations,
  readWeights,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import type { Labels } from './labels';
import { withoutServerFields } from './withoutServerFields';

const API_VERSION = 'networking.istio.io/v1';

/** The first of these names that nobody has, or the second with a number. */
function freeName(
  [first, second]: [string, string],
  taken: readonly unknown[],
): string {
  let name = first;
  for (let number = 1; taken.includes(name); number += 1) {
    name = number === 1 ? second : `${second}-${number}`;
  }
  return name;
}

/** Names for both versions: the subset that has the stable pods already, else new ones. */
function chooseSubsets(
  rule: KubernetesObject | undefined,
  labels: Labels,
): { stable: string; canary: string; isStableNew: boolean } {
  const listed: unknown = Reflect.get(Object(rule?.spec), 'subsets');
  const subsets = Array.isArray(listed) ? listed : [];
  const taken = subsets.map(({ name }) => name);
  const found = subsets.find(
    subset => JSON.stringify(subset.labels) === JSON.stringify(labels),
  );
  const isStableNew = typeof found?.name !== 'string';
  return {
    stable: isStableNew
      ? freeName(['stable', 'orrery-stable'], taken)
      : found.name,
    canary: freeName(['canary', 'orrery-canary'], taken),
    isStableNew,
  };
}

type Options = {
  host: string;
  stableLabels: Labels;
  /** Those that lead requests to the host, if there are any. */
  virtualService: KubernetesObject | undefined;
  destinationRule: KubernetesObject | undefined;
  /** All of the namespace, whose names are taken. */
  virtualServices: readonly KubernetesObject[];
  destinationRules: readonly KubernetesObject[];
};

function nameOf(
  found: KubernetesObject | undefined,
  host: string,
  all: readonly KubernetesObject[],
): string {
  return (
    found?.metadata.name ??
    freeName(
      [host, `${host}-canary`],
      all.map(({ metadata }) => metadata.name),
    )
  );
}

/**
 * What a plan has to know of a Service's VirtualService and DestinationRule,
 * whether they are there or not.
 *
 * @throws InvalidValueError where someone else shares out the traffic
 */
export function prepareIstioRoutes(options: Options): {
  context: Pick<
    IstioPlanContext,
    'subsets' | 'virtualService' | 'destinationRule'
  >;
  routes: PlanRouteObjects;
} {
  const { host, stableLabels, virtualService, destinationRule } = options;
  const shared = virtualService && readWeights(virtualService, host);
  if (shared && shared.filter(({ weight }) => weight > 0).length > 1) {
    throw new InvalidValueError(
      'service',
      `a Service whose traffic nobody else shares out (VirtualService ${virtualService.metadata.name} does)`,
      host,
    );
  }
  const { isStableNew, ...subsets } = chooseSubsets(
    destinationRule,
    stableLabels,
  );
  return {
    context: {
      subsets,
      virtualService: {
        name: nameOf(virtualService, host, options.virtualServices),
        ...(virtualService && {
          originalRoutes: keepDestinations(virtualService, host),
          original: withoutServerFields(virtualService, {
            apiVersion: API_VERSION,
            kind: 'VirtualService',
          }),
        }),
      },
      destinationRule: {
        name: nameOf(destinationRule, host, options.destinationRules),
        isMade: !destinationRule,
        madeSubsets: destinationRule && isStableNew ? [subsets.stable] : [],
        ...(destinationRule && {
          original: withoutServerFields(destinationRule, {
            apiVersion: API_VERSION,
            kind: 'DestinationRule',
          }),
        }),
      },
    },
    routes: { virtualService, destinationRule },
  };
}
