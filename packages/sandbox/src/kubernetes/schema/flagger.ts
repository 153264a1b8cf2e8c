import { topLevel } from './meta';
import {
  anything,
  boolean,
  integer,
  integerOrText,
  listOf,
  number,
  object,
  oneOf,
  open,
  text,
  type JsonSchema,
} from './schema';

const reference = object({ apiVersion: text, kind: text, name: text }, [
  'kind',
  'name',
]);

const metric = object(
  {
    name: text,
    interval: { type: 'string', pattern: '^[0-9]+(m|s)' },
    threshold: number,
    thresholdRange: object({ min: number, max: number }),
    query: text,
    templateRef: object({ name: text, namespace: text }, ['name']),
    templateVariables: open,
  },
  ['name'],
);

const webhook = object(
  {
    type: oneOf(
      '',
      'confirm-rollout',
      'pre-rollout',
      'rollout',
      'confirm-promotion',
      'post-rollout',
      'event',
      'rollback',
      'confirm-traffic-increase',
    ),
    name: text,
    url: text,
    muteAlert: boolean,
    timeout: { type: 'string', pattern: '^[0-9]+(m|s)' },
    metadata: open,
    retries: integer,
    disableTLS: boolean,
  },
  ['name', 'url'],
);

const analysis = object({
  interval: { type: 'string', pattern: '^[0-9]+(m|s)' },
  iterations: number,
  threshold: number,
  primaryReadyThreshold: number,
  canaryReadyThreshold: number,
  maxWeight: number,
  stepWeight: number,
  stepWeights: listOf(number),
  stepWeightPromotion: number,
  mirror: boolean,
  mirrorWeight: number,
  match: listOf(open),
  metrics: listOf(metric),
  webhooks: listOf(webhook),
  alerts: listOf(open),
  sessionAffinity: open,
});

const service = object(
  {
    name: text,
    port: number,
    portName: text,
    targetPort: integerOrText,
    appProtocol: text,
    portDiscovery: boolean,
    timeout: text,
    gateways: listOf(text),
    gatewayRefs: listOf(open),
    hosts: listOf(text),
    delegation: boolean,
    trafficDistribution: text,
    trafficPolicy: open,
    match: listOf(open),
    rewrite: open,
    retries: open,
    headers: open,
    mirror: listOf(open),
    corsPolicy: open,
    apex: open,
    primary: open,
    canary: open,
  },
  ['port'],
);

/** `flagger.app/v1beta1` Canary. */
export const canary: JsonSchema = topLevel({
  spec: object(
    {
      provider: text,
      metricsServer: text,
      progressDeadlineSeconds: number,
      targetRef: reference,
      autoscalerRef: open,
      ingressRef: open,
      routeRef: open,
      upstreamRef: open,
      service,
      skipAnalysis: boolean,
      revertOnDeletion: boolean,
      suspend: boolean,
      analysis,
    },
    ['targetRef', 'service', 'analysis'],
  ),
  status: open,
});

/** MetricTemplate: a query that Canaries share. */
export const metricTemplate: JsonSchema = topLevel({
  spec: object(
    {
      provider: object(
        {
          type: oneOf(
            'prometheus',
            'influxdb',
            'datadog',
            'stackdriver',
            'cloudwatch',
            'newrelic',
            'graphite',
            'dynatrace',
          ),
          address: text,
          secretRef: open,
          headers: open,
          region: text,
          insecureSkipVerify: boolean,
        },
        ['type'],
      ),
      query: text,
    },
    ['provider', 'query'],
  ),
});

/** AlertProvider: where Flagger tells of its Canaries. */
export const alertProvider: JsonSchema = topLevel({
  spec: object({
    type: oneOf('slack', 'msteams', 'discord', 'rocket', 'gchat'),
    channel: text,
    username: text,
    address: text,
    proxy: text,
    secretRef: anything,
  }),
});
