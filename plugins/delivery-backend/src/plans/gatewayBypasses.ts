import { findRoutesTo } from '@orrery/backstage-plugin-mesh-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';

/**
 * What gateways lead straight to a Service, in words: routes of the mesh do
 * not rule it.
 *
 * @param chosen - the VirtualService that a plan changes
 */
export function gatewayBypasses(
  virtualServices: readonly KubernetesObject[],
  host: string,
  namespace: string,
  chosen: KubernetesObject | undefined,
): string[] {
  const ofMesh = new Set(
    findRoutesTo(virtualServices, host, namespace).map(
      ({ virtualService }) => virtualService,
    ),
  );
  const names = findRoutesTo(virtualServices, host, namespace, {
    withGateways: true,
  })
    .map(({ virtualService }) => virtualService)
    .filter(found => found !== chosen && !ofMesh.has(found))
    .map(({ metadata }) => metadata.name);
  return names.length > 0
    ? [
        `Requests that gateways send to ${host} by VirtualService ${names.join(
          ' and ',
        )} reach both versions by their numbers of pods, whatever the weight.`,
      ]
    : [];
}
