/**
 * A kind of object that a service may bring, as the API addresses it. All are
 * namespaced; nothing here gives rights or reads secrets.
 *
 * @public
 */
export type ApplicableKind = {
  kind: string;
  group: string;
  version: string;
  plural: string;
};

function kind(
  name: string,
  group: string,
  version: string,
  plural: string,
): ApplicableKind {
  return { kind: name, group, version, plural };
}

const ISTIO = 'networking.istio.io';
const ISTIO_SECURITY = 'security.istio.io';

/**
 * Kinds that a service may bring, in the order in which they are applied:
 * what others refer to comes first, and traffic last. They are taken away in
 * the opposite order.
 *
 * @public
 */
export const APPLICABLE_KINDS: readonly ApplicableKind[] = [
  kind('ServiceAccount', '', 'v1', 'serviceaccounts'),
  kind('ConfigMap', '', 'v1', 'configmaps'),
  kind('NetworkPolicy', 'networking.k8s.io', 'v1', 'networkpolicies'),
  kind('Service', '', 'v1', 'services'),
  kind('PodDisruptionBudget', 'policy', 'v1', 'poddisruptionbudgets'),
  kind('PeerAuthentication', ISTIO_SECURITY, 'v1', 'peerauthentications'),
  kind('AuthorizationPolicy', ISTIO_SECURITY, 'v1', 'authorizationpolicies'),
  kind('Telemetry', 'telemetry.istio.io', 'v1', 'telemetries'),
  kind('AnalysisTemplate', 'argoproj.io', 'v1alpha1', 'analysistemplates'),
  kind('Deployment', 'apps', 'v1', 'deployments'),
  kind('StatefulSet', 'apps', 'v1', 'statefulsets'),
  kind('CronJob', 'batch', 'v1', 'cronjobs'),
  kind('DestinationRule', ISTIO, 'v1', 'destinationrules'),
  kind('ServiceEntry', ISTIO, 'v1', 'serviceentries'),
  kind('Sidecar', ISTIO, 'v1', 'sidecars'),
  kind('VirtualService', ISTIO, 'v1', 'virtualservices'),
  kind('HTTPRoute', 'gateway.networking.k8s.io', 'v1', 'httproutes'),
  kind('Rollout', 'argoproj.io', 'v1alpha1', 'rollouts'),
  kind('Canary', 'flagger.app', 'v1beta1', 'canaries'),
  kind(
    'HorizontalPodAutoscaler',
    'autoscaling',
    'v2',
    'horizontalpodautoscalers',
  ),
  kind('PrometheusRule', 'monitoring.coreos.com', 'v1', 'prometheusrules'),
];

const PLACES = new Map(
  APPLICABLE_KINDS.map((entry, place) => [
    `${entry.group}/${entry.version}/${entry.kind}`,
    { entry, place },
  ]),
);

function placeOf(apiVersion: string, name: string) {
  const full = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  return PLACES.get(`${full}/${name}`);
}

/**
 * The kind of an object, or undefined where a service may not bring it.
 *
 * @public
 */
export function applicableKind(
  apiVersion: string,
  name: string,
): ApplicableKind | undefined {
  return placeOf(apiVersion, name)?.entry;
}

/**
 * In the order in which they are applied; of one kind as they were.
 *
 * @public
 */
export function inOrder<T extends { apiVersion: string; kind: string }>(
  objects: readonly T[],
): T[] {
  const place = (object: T) =>
    placeOf(object.apiVersion, object.kind)?.place ?? APPLICABLE_KINDS.length;
  return [...objects].sort((left, right) => place(left) - place(right));
}
