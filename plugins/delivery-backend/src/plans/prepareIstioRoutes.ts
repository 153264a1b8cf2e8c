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

const SUBSETS = { stable: 'stable', canary: 'canary' };

/** The subset that has the stable pods already, or a new one. */
function stableSubset(
  rule: KubernetesObject | undefined,
  labels: Labels,
): { name: string; isNew: boolean } {
  const subsets: unknown = Reflect.get(Object(rule?.spec), 'subsets');
  const found = (Array.isArray(subsets) ? subsets : []).find(
    subset => JSON.stringify(subset.labels) === JSON.stringify(labels),
  );
  return typeof found?.name === 'string'
    ? { name: found.name, isNew: false }
    : { name: SUBSETS.stable, isNew: true };
}

/**
 * What a plan has to know of a Service's VirtualService and DestinationRule,
 * whether they are there or not.
 *
 * @throws InvalidValueError where someone else shares out the traffic
 */
export function prepareIstioRoutes(options: {
  host: string;
  stableLabels: Labels;
  virtualService: KubernetesObject | undefined;
  destinationRule: KubernetesObject | undefined;
}): {
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
  const subset = stableSubset(destinationRule, stableLabels);
  return {
    context: {
      subsets: { ...SUBSETS, stable: subset.name },
      virtualService: {
        name: virtualService?.metadata.name ?? host,
        ...(virtualService && {
          originalRoutes: keepDestinations(virtualService, host),
        }),
      },
      destinationRule: {
        name: destinationRule?.metadata.name ?? host,
        isMade: !destinationRule,
        madeSubsets: destinationRule && subset.isNew ? [subset.name] : [],
      },
    },
    routes: { virtualService, destinationRule },
  };
}
