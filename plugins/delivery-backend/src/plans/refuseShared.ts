import {
  CANARY_OF_LABEL,
  templateParts,
} from '@orrery/backstage-plugin-delivery-common';
import type { HttpRouteTo } from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { selectorOf, selects } from './labels';
import type { PlanSurroundings } from './readSurroundings';

/**
 * Nobody could tell which of several Deployments the stable version is.
 *
 * @throws InvalidValueError naming the others
 */
export function refuseOthers(
  service: KubernetesObject,
  name: string,
  { deployments }: PlanSurroundings,
): void {
  const others = deployments.filter(
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
}

/**
 * With two objects that decide, nobody can tell which one a request follows.
 *
 * @throws InvalidValueError naming both
 */
export function refuseTwoRouters(
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
