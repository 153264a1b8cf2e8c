import { topLevel } from './meta';
import {
  boolean,
  integer,
  integerOrText,
  listOf,
  mapOf,
  object,
  oneOf,
  open,
  text,
  time,
  type JsonSchema,
} from './schema';

const nameOnly = object({ name: text });

const valueFrom = object({
  podTemplateHashValue: oneOf('Stable', 'Latest'),
  fieldRef: object({ fieldPath: text }, ['fieldPath']),
  secretKeyRef: object({ name: text, key: text }, ['name', 'key']),
});

const argument = object({ name: text, value: text, valueFrom }, ['name']);

const dryRun = listOf(object({ metricName: text }, ['metricName']));

/** What a Rollout says of an analysis: which templates with which arguments. */
const rolloutAnalysis = {
  templates: listOf(
    object({ templateName: text, clusterScope: boolean }, ['templateName']),
  ),
  args: listOf(argument),
  dryRun,
  measurementRetention: listOf(open),
  analysisRunMetadata: open,
};

const stringMatch = object({ exact: text, prefix: text, regex: text });

const plugin = object({ name: text, config: open }, ['name']);

const step = object({
  setWeight: integer,
  pause: object({ duration: integerOrText }),
  setCanaryScale: object({
    weight: integer,
    replicas: integer,
    matchTrafficWeight: boolean,
  }),
  setHeaderRoute: object({
    name: text,
    match: listOf(
      object({ headerName: text, headerValue: stringMatch }, [
        'headerName',
        'headerValue',
      ]),
    ),
  }),
  setMirrorRoute: object(
    {
      name: text,
      percentage: integer,
      match: listOf(
        object({
          method: stringMatch,
          path: stringMatch,
          headers: mapOf(stringMatch),
        }),
      ),
    },
    ['name'],
  ),
  analysis: object(rolloutAnalysis),
  experiment: object(
    {
      templates: listOf(
        object(
          {
            name: text,
            specRef: text,
            replicas: integer,
            metadata: open,
            selector: open,
            weight: integer,
            service: nameOnly,
          },
          ['name', 'specRef'],
        ),
      ),
      duration: text,
      analyses: listOf(
        object(
          {
            name: text,
            templateName: text,
            clusterScope: boolean,
            args: listOf(argument),
            requiredForCompletion: boolean,
          },
          ['name', 'templateName'],
        ),
      ),
      dryRun,
      analysisRunMetadata: open,
    },
    ['templates'],
  ),
  plugin,
  replicaProgressThreshold: open,
});

const istioVirtualService = object({
  name: text,
  routes: listOf(text),
  tlsRoutes: listOf(open),
  tcpRoutes: listOf(open),
});

const trafficRouting = object({
  istio: object({
    virtualService: istioVirtualService,
    virtualServices: listOf(istioVirtualService),
    destinationRule: object(
      { name: text, canarySubsetName: text, stableSubsetName: text },
      ['name', 'canarySubsetName', 'stableSubsetName'],
    ),
  }),
  managedRoutes: listOf(object({ name: text }, ['name'])),
  maxTrafficWeight: integer,
  nginx: open,
  alb: open,
  smi: open,
  ambassador: open,
  apisix: open,
  appMesh: open,
  traefik: open,
  plugins: open,
});

const canary = object({
  canaryService: text,
  stableService: text,
  steps: listOf(step),
  trafficRouting,
  maxUnavailable: integerOrText,
  maxSurge: integerOrText,
  analysis: object({ ...rolloutAnalysis, startingStep: integer }),
  antiAffinity: open,
  canaryMetadata: object({ labels: mapOf(text), annotations: mapOf(text) }),
  stableMetadata: object({ labels: mapOf(text), annotations: mapOf(text) }),
  scaleDownDelaySeconds: integer,
  scaleDownDelayRevisionLimit: integer,
  abortScaleDownDelaySeconds: integer,
  dynamicStableScale: boolean,
  pingPong: object({ pingService: text, pongService: text }),
  minPodsPerReplicaSet: integer,
  replicaProgressThreshold: open,
});

const blueGreen = object(
  {
    activeService: text,
    previewService: text,
    previewReplicaCount: integer,
    autoPromotionEnabled: boolean,
    autoPromotionSeconds: integer,
    maxUnavailable: integerOrText,
    scaleDownDelaySeconds: integer,
    scaleDownDelayRevisionLimit: integer,
    abortScaleDownDelaySeconds: integer,
    prePromotionAnalysis: object(rolloutAnalysis),
    postPromotionAnalysis: object(rolloutAnalysis),
    antiAffinity: open,
    previewMetadata: open,
    activeMetadata: open,
  },
  ['activeService'],
);

/** `argoproj.io/v1alpha1` Rollout. Pod templates are let in as they are. */
export const rollout: JsonSchema = topLevel({
  spec: object({
    replicas: integer,
    selector: object({
      matchLabels: mapOf(text),
      matchExpressions: listOf(open),
    }),
    template: open,
    workloadRef: object({
      apiVersion: text,
      kind: text,
      name: text,
      scaleDown: text,
    }),
    strategy: object({ canary, blueGreen }),
    minReadySeconds: integer,
    revisionHistoryLimit: integer,
    paused: boolean,
    progressDeadlineSeconds: integer,
    progressDeadlineAbort: boolean,
    restartAt: time,
    analysis: object({
      successfulRunHistoryLimit: integer,
      unsuccessfulRunHistoryLimit: integer,
    }),
    rollbackWindow: object({ revisions: integer }),
  }),
  status: open,
});

const metric = object(
  {
    name: text,
    interval: text,
    initialDelay: text,
    count: integerOrText,
    successCondition: text,
    failureCondition: text,
    failureLimit: integerOrText,
    inconclusiveLimit: integerOrText,
    consecutiveErrorLimit: integerOrText,
    consecutiveSuccessLimit: integerOrText,
    provider: open,
  },
  ['name', 'provider'],
);

const measured = {
  metrics: listOf(metric),
  args: listOf(argument),
  dryRun,
  measurementRetention: listOf(open),
};

/** AnalysisTemplate and ClusterAnalysisTemplate. */
export const analysisTemplate: JsonSchema = topLevel({
  spec: object({ ...measured, templates: listOf(open) }),
});

/** AnalysisRun: a template with its arguments filled in, and what was measured. */
export const analysisRun: JsonSchema = topLevel({
  spec: object({ ...measured, terminate: boolean, ttlStrategy: open }, [
    'metrics',
  ]),
  status: open,
});

/** Experiment: ReplicaSets that run for a while beside the others. */
export const experiment: JsonSchema = topLevel({
  spec: object(
    {
      templates: listOf(open),
      duration: text,
      progressDeadlineSeconds: integer,
      terminate: boolean,
      analyses: listOf(open),
      scaleDownDelaySeconds: integer,
      dryRun,
      measurementRetention: listOf(open),
      analysisRunMetadata: open,
    },
    ['templates'],
  ),
  status: open,
});
