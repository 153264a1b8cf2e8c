import type { Manifest } from '@orrery/backstage-plugin-delivery-common';

/** What alarms the owners of a service. */
export type AlarmRules = {
  namespace: string;
  app: string;
  /** Entity ref of the owner, or the name of a group. */
  owner: string;
  /** Where they are told besides; a name of a configured channel. */
  channel?: string;
  /** 0..1 */
  errorShare: number;
  p95Milliseconds: number;
};

const percent = (share: number) => `${Number((share * 100).toFixed(4))} %`;

/**
 * Alert rules for the Prometheus Operator
 * (https://prometheus-operator.dev/docs/api-reference/api/): share of errors
 * and latency as the mesh reports them for the service, and no pod that is
 * ready.
 */
export function alarmRulesManifest(rules: AlarmRules): Manifest {
  const { namespace, app, channel, errorShare, p95Milliseconds } = rules;
  const traffic = [
    'reporter=~"destination|waypoint"',
    `destination_service_namespace="${namespace}"`,
    `destination_service_name="${app}"`,
  ].join(',');
  const owner = rules.owner.slice(rules.owner.lastIndexOf('/') + 1);
  const labels = (severity: string) => ({
    severity,
    namespace,
    app,
    owner: owner.slice(owner.indexOf(':') + 1),
    ...(channel && { channel }),
  });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name: app,
      namespace,
      labels: { app, 'app.kubernetes.io/name': app },
    },
    spec: {
      groups: [
        {
          name: `${namespace}.${app}`,
          interval: '30s',
          rules: [
            {
              alert: 'ServiceErrorShare',
              expr: `sum(rate(istio_requests_total{${traffic},response_code=~"0|5.."}[5m])) / sum(rate(istio_requests_total{${traffic}}[5m])) > ${errorShare}`,
              for: '5m',
              labels: labels('critical'),
              annotations: {
                summary: `${app} fails more than ${percent(
                  errorShare,
                )} of its requests`,
              },
            },
            {
              alert: 'ServiceLatency',
              expr: `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${traffic}}[5m]))) > ${p95Milliseconds}`,
              for: '10m',
              labels: labels('warning'),
              annotations: {
                summary: `The slowest requests of ${app} take longer than ${p95Milliseconds} ms`,
              },
            },
            {
              alert: 'ServiceNoReadyPods',
              expr: `kube_deployment_status_replicas_available{namespace="${namespace}",deployment="${app}"} == 0`,
              for: '2m',
              labels: labels('critical'),
              annotations: { summary: `${app} has no ready pods` },
            },
          ],
        },
      ],
    },
  };
}
