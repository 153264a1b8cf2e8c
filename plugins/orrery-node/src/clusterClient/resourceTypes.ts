import type { ResourceType } from './types';

function type(
  group: string,
  version: string,
  plural: string,
  namespaced = true,
): ResourceType {
  return { group, version, plural, namespaced };
}

/** The kinds that Orrery reads. @public */
export const RESOURCE_TYPES = {
  namespaces: type('', 'v1', 'namespaces', false),
  pods: type('', 'v1', 'pods'),
  services: type('', 'v1', 'services'),
  configMaps: type('', 'v1', 'configmaps'),
  deployments: type('apps', 'v1', 'deployments'),
  statefulSets: type('apps', 'v1', 'statefulsets'),
  daemonSets: type('apps', 'v1', 'daemonsets'),
  replicaSets: type('apps', 'v1', 'replicasets'),
  controllerRevisions: type('apps', 'v1', 'controllerrevisions'),
  jobs: type('batch', 'v1', 'jobs'),
  cronJobs: type('batch', 'v1', 'cronjobs'),
  events: type('', 'v1', 'events'),
  horizontalPodAutoscalers: type(
    'autoscaling',
    'v2',
    'horizontalpodautoscalers',
  ),
  podDisruptionBudgets: type('policy', 'v1', 'poddisruptionbudgets'),
  endpointSlices: type('discovery.k8s.io', 'v1', 'endpointslices'),
  scaledObjects: type('keda.sh', 'v1alpha1', 'scaledobjects'),
  rollouts: type('argoproj.io', 'v1alpha1', 'rollouts'),
  analysisRuns: type('argoproj.io', 'v1alpha1', 'analysisruns'),
  experiments: type('argoproj.io', 'v1alpha1', 'experiments'),
  canaries: type('flagger.app', 'v1beta1', 'canaries'),
  virtualServices: type('networking.istio.io', 'v1', 'virtualservices'),
  destinationRules: type('networking.istio.io', 'v1', 'destinationrules'),
  serviceEntries: type('networking.istio.io', 'v1', 'serviceentries'),
  gateways: type('networking.istio.io', 'v1', 'gateways'),
  workloadEntries: type('networking.istio.io', 'v1', 'workloadentries'),
  sidecars: type('networking.istio.io', 'v1', 'sidecars'),
  envoyFilters: type('networking.istio.io', 'v1alpha3', 'envoyfilters'),
  peerAuthentications: type('security.istio.io', 'v1', 'peerauthentications'),
  requestAuthentications: type(
    'security.istio.io',
    'v1',
    'requestauthentications',
  ),
  authorizationPolicies: type(
    'security.istio.io',
    'v1',
    'authorizationpolicies',
  ),
  telemetries: type('telemetry.istio.io', 'v1', 'telemetries'),
  httpRoutes: type('gateway.networking.k8s.io', 'v1', 'httproutes'),
} as const satisfies Record<string, ResourceType>;
