import { stringify } from 'yaml';
import { DEFAULT_REVISION } from '../names';
import type { World } from '../types';
import { item, type BuildContext, type Item } from './item';

/** The revisions of Istio that a world runs: the default one, and those that namespaces name. */
export function revisionsOf(world: World): string[] {
  return [
    ...new Set([
      DEFAULT_REVISION,
      ...world.namespaces.flatMap(({ revision }) => revision ?? []),
    ]),
  ];
}

/** The ConfigMap in which a revision's istiod finds its mesh configuration. */
export function buildMeshConfig(revision: string, context: BuildContext): Item {
  const suffix = revision === DEFAULT_REVISION ? '' : `-${revision}`;
  return item(
    context,
    'configmaps',
    'v1',
    'ConfigMap',
    {
      name: `istio${suffix}`,
      namespace: 'istio-system',
      ageHours: 24 * 120,
      labels: { 'istio.io/rev': revision, release: 'istio' },
    },
    {
      data: {
        mesh: stringify({
          accessLogFile: '/dev/stdout',
          defaultConfig: {
            discoveryAddress: `istiod${suffix}.istio-system.svc:15012`,
          },
          defaultProviders: { metrics: ['prometheus'] },
          enableAutoMtls: true,
          enablePrometheusMerge: true,
          outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
          rootNamespace: 'istio-system',
          trustDomain: 'cluster.local',
        }),
        meshNetworks: 'networks: {}\n',
      },
    },
  );
}
