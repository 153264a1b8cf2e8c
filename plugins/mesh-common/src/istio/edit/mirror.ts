import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { checkPercent } from './checks';
import { namespaceOf, resolveHost } from './hosts';
import {
  asObject,
  asObjects,
  asText,
  withSpec,
  without,
  type Json,
} from './json';
import { httpRoutes, weightedRoutes } from './routes';
import type { MeshObject } from './types';

function mirrorsTo(route: Json, host: string, namespace: string): boolean {
  const to = asText(asObject(route.mirror).host);
  return to !== undefined && resolveHost(to, namespace) === host;
}

/**
 * Copies a share of the ordinary requests to a subset; answers to copies are
 * thrown away.
 *
 * @param change - `percentage` of the requests that are copied, 0..100
 * @throws InvalidValueError naming `percentage`, `spec.http` when no route
 *   leads to the host alone, or the mirror to elsewhere that is there already
 * @public
 */
export function setMirror<T extends MeshObject>(
  virtualService: T,
  change: { host: string; subset: string; percentage: number },
): T {
  const { host, subset, percentage } = change;
  checkPercent('percentage', percentage);
  const namespace = namespaceOf(virtualService);
  const resolved = resolveHost(host, namespace);
  const indexes = weightedRoutes(virtualService, host);
  return withSpec(virtualService, {
    http: httpRoutes(virtualService).map((route, index) => {
      if (!indexes.includes(index)) {
        return route;
      }
      const isElsewhere =
        route.mirror !== undefined && !mirrorsTo(route, resolved, namespace);
      if (isElsewhere || asObjects(route.mirrors).length > 0) {
        throw new InvalidValueError(
          `spec.http[${index}].mirror`,
          `no mirror to elsewhere than ${host}`,
          route.mirror ?? route.mirrors,
        );
      }
      const { destination } = asObjects(route.route)[0];
      return {
        ...route,
        mirror: { ...without(asObject(destination), 'subset'), subset },
        mirrorPercentage: { value: percentage },
      };
    }),
  });
}

/**
 * Ends the copying of requests to a host; mirrors to elsewhere stay.
 *
 * @public
 */
export function clearMirror<T extends MeshObject>(
  virtualService: T,
  host: string,
): T {
  const namespace = namespaceOf(virtualService);
  const resolved = resolveHost(host, namespace);
  const routes = httpRoutes(virtualService);
  return routes.some(route => mirrorsTo(route, resolved, namespace))
    ? withSpec(virtualService, {
        http: routes.map(route =>
          mirrorsTo(route, resolved, namespace)
            ? without(route, 'mirror', 'mirrorPercentage', 'mirror_percent')
            : route,
        ),
      })
    : virtualService;
}
