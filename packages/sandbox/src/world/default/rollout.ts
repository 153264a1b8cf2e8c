import type { ConfigObject } from '../types';
import { destinationRule } from './builders';

const side = (name: string) => ({
  labels: { version: name, 'service.istio.io/canonical-revision': name },
});

/**
 * How `loan/application` is released: a little traffic, a look at its success
 * rate, more traffic, and somebody's word before half of it.
 */
export const applicationStrategy = {
  canary: {
    canaryMetadata: side('canary'),
    stableMetadata: side('stable'),
    trafficRouting: {
      managedRoutes: [{ name: 'beta' }, { name: 'shadow' }],
      istio: {
        virtualService: { name: 'loan', routes: ['primary'] },
        destinationRule: {
          name: 'application',
          canarySubsetName: 'canary',
          stableSubsetName: 'stable',
        },
      },
    },
    steps: [
      { setWeight: 10 },
      { pause: { duration: '30s' } },
      {
        analysis: {
          templates: [{ templateName: 'success-rate' }],
          args: [
            { name: 'workload', value: 'application' },
            {
              name: 'hash',
              valueFrom: { podTemplateHashValue: 'Latest' },
            },
          ],
        },
      },
      { setWeight: 25 },
      { pause: {} },
      { setWeight: 50 },
      { pause: { duration: '1m' } },
    ],
  },
};

const requests = (more: string) =>
  `sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="loan",destination_workload="{{args.workload}}",rollouts_pod_template_hash="{{args.hash}}"${more}}[1m]))`;

/** What the Rollout needs beside itself: the subsets that it leads traffic to, and what it judges by. */
export const rolloutConfiguration: readonly ConfigObject[] = [
  destinationRule('loan', 'application', {
    host: 'application',
    subsets: ['stable', 'canary'].map(name => ({
      name,
      labels: { app: 'application' },
    })),
  }),
  {
    resource: 'analysistemplates.argoproj.io',
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    namespace: 'loan',
    name: 'success-rate',
    spec: {
      args: [{ name: 'workload' }, { name: 'hash' }],
      metrics: [
        {
          name: 'success-rate',
          interval: '15s',
          count: 4,
          successCondition: 'result[0] >= 0.95',
          failureLimit: 1,
          consecutiveErrorLimit: 4,
          provider: {
            prometheus: {
              address: 'http://prometheus.istio-system:9090',
              query: `${requests(',response_code!~"5.*"')} / ${requests('')}`,
            },
          },
        },
      ],
    },
  },
];
