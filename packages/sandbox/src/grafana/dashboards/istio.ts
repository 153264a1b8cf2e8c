import type { Dashboard, Folder } from '../model';
import { chart, layOut, queried, row, stat } from './builders';

const QUANTILES = [
  [0.5, 'P50'],
  [0.9, 'P90'],
  [0.99, 'P99'],
] as const;

const requests = (selector: string, more = '') =>
  `sum(rate(istio_requests_total{${selector}${more}}[$__rate_interval]))`;

const success = (selector: string) =>
  `${requests(selector, ',response_code!~"5.*"')} / ${requests(selector)}`;

const durations = (selector: string) =>
  QUANTILES.map(
    ([quantile, legend]) =>
      [
        `histogram_quantile(${quantile}, sum(rate(istio_request_duration_milliseconds_bucket{${selector}}[$__rate_interval])) by (le)) / 1000`,
        legend,
      ] as const,
  );

const service = 'destination_service=~"$service"';

/** What a service's clients and its workloads see, after Istio's own dashboard of this name. */
export function istioService(id: number, folder: Folder): Dashboard {
  const client = `reporter=~"source|waypoint",${service}`;
  const server = `reporter="destination",${service}`;
  const wide = layOut([
    stat('Client Request Volume', 'reqps', requests(client)),
    stat(
      'Client Success Rate (non-5xx responses)',
      'percentunit',
      success(client),
    ),
    chart('Client Request Duration', 's', durations(client)),
    chart('Server Request Volume', 'reqps', [[requests(server), 'Server']]),
  ]);
  const by = (labels: string) =>
    `sum(rate(istio_requests_total{${server}}[$__rate_interval])) by (${labels})`;
  return {
    id,
    uid: 'istio-service-dashboard',
    title: 'Istio Service Dashboard',
    folder,
    tags: ['istio', 'mesh', 'service'],
    variables: [
      queried(
        'service',
        'Service',
        'label_values(istio_requests_total, destination_service)',
        'payment.wealth.svc.cluster.local',
      ),
    ],
    panels: [
      ...wide,
      row(10, 'Service Workloads', 16, [
        chart('Incoming Requests By Source And Response Code', 'reqps', [
          [
            by('source_workload, source_workload_namespace, response_code'),
            '{{source_workload}}.{{source_workload_namespace}} : {{response_code}}',
          ],
        ]),
        chart('Incoming Requests By Version', 'reqps', [
          [by('destination_version'), '{{destination_version}}'],
        ]),
      ]),
    ],
  };
}

/** What goes into and out of a workload, after Istio's own dashboard of this name. */
export function istioWorkload(id: number, folder: Folder): Dashboard {
  const inbound =
    'reporter="destination",destination_workload_namespace=~"$namespace",destination_workload=~"$workload"';
  const outbound =
    'reporter="source",source_workload_namespace=~"$namespace",source_workload=~"$workload"';
  return {
    id,
    uid: 'istio-workload-dashboard',
    title: 'Istio Workload Dashboard',
    folder,
    tags: ['istio', 'mesh', 'workload'],
    variables: [
      queried(
        'namespace',
        'Namespace',
        'label_values(istio_requests_total, destination_workload_namespace)',
        'wealth',
      ),
      queried(
        'workload',
        'Workload',
        'label_values(istio_requests_total{destination_workload_namespace=~"$namespace"}, destination_workload)',
        'payment-v2',
      ),
    ],
    panels: layOut([
      chart('Incoming Request Volume', 'reqps', [
        [
          `sum(rate(istio_requests_total{${inbound}}[$__rate_interval])) by (response_code)`,
          '{{response_code}}',
        ],
      ]),
      chart('Incoming Success Rate (non-5xx responses)', 'percentunit', [
        [success(inbound), 'success'],
      ]),
      chart('Request Duration', 's', durations(inbound)),
      chart('Outgoing Requests By Destination', 'reqps', [
        [
          `sum(rate(istio_requests_total{${outbound}}[$__rate_interval])) by (destination_service)`,
          '{{destination_service}}',
        ],
      ]),
    ]),
  };
}
