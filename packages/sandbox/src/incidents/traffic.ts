import type { Incident } from './incident';

/** Everybody comes at once. */
export const trafficSpike: Incident = {
  name: 'traffic-spike',
  title: 'Traffic spike',
  description:
    'Three times the mean of a day comes on top of the usual traffic; scoring runs out of capacity first, and autoscaling adds pods.',
  applies: () => true,
  start: ({ effects }) => {
    effects.extraTraffic = 3;
  },
  stop: ({ effects }) => {
    effects.extraTraffic = 0;
  },
};

const FILTER = {
  resource: 'envoyfilters.networking.istio.io',
  namespace: 'istio-system',
  name: 'access-log-format',
};

/** Somebody pushes configuration that proxies refuse. */
export const badConfigPush: Incident = {
  name: 'bad-config-push',
  title: 'Bad configuration push',
  description:
    'An EnvoyFilter with an unknown field is applied to the whole mesh; proxies reject what istiod pushes (pilot_total_xds_rejects).',
  applies: () => true,
  start: ({ store, effects }) => {
    store.put(FILTER.resource, {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: FILTER.name, namespace: FILTER.namespace },
      spec: {
        configPatches: [
          {
            applyTo: 'NETWORK_FILTER',
            match: { context: 'SIDECAR_INBOUND' },
            patch: {
              operation: 'MERGE',
              value: { typed_config: { acess_log: [{ name: 'json' }] } },
            },
          },
        ],
      },
    });
    effects.xdsRejectsPerSecond = 1.5;
  },
  stop: ({ store, effects }) => {
    store.delete(FILTER.resource, FILTER.namespace, FILTER.name);
    effects.xdsRejectsPerSecond = 0;
  },
};
