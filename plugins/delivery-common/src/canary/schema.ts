import {
  sourceStatusSchema,
  warningSchema,
} from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { planRoutingSchema } from '../plan/routing';

/**
 * Where a canary stands. `Failed` is neither forward nor back: someone has to
 * look. `Idle` has nothing to compare.
 *
 * @public
 */
export const canaryPhaseSchema = z.enum([
  'Progressing',
  'Paused',
  'Aborted',
  'Failed',
  'Done',
  'Idle',
  'Unknown',
]);

/** @public */
export type CanaryPhase = z.infer<typeof canaryPhaseSchema>;

/** What can be done to a canary; each engine offers what it can do now. @public */
export const canaryVerbSchema = z.enum([
  'promote',
  'promote-full',
  'pause',
  'resume',
  'skip-step',
  'abort',
  'retry',
  'approve',
  'reject',
  'set-weight',
  'undo',
  'restart',
]);

/** @public */
export type CanaryVerb = z.infer<typeof canaryVerbSchema>;

/** @public */
export const canaryStepStateSchema = z.enum([
  'done',
  'current',
  'next',
  'skipped',
  'failed',
]);

/**
 * One step of a plan, whichever engine walks it. `weight` is the share of
 * traffic in percent that the canary has from this step on.
 *
 * @public
 */
export const canaryStepSchema = z.object({
  index: z.number().int(),
  kind: z.enum([
    'weight',
    'pause',
    'approval',
    'analysis',
    'experiment',
    'scale',
    'header',
    'mirror',
    'gate',
    'plugin',
    'promotion',
  ]),
  /** The step in a few words: `25 %`, `10 min`, `x-canary: always`. */
  title: z.string(),
  weight: z.number().optional(),
  durationSeconds: z.number().optional(),
  state: canaryStepStateSchema,
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  note: z.string().optional(),
});

/** @public */
export type CanaryStep = z.infer<typeof canaryStepSchema>;

/**
 * One of the two versions. `telemetry` is how the mesh's metrics tell it from
 * the other one; absent where they cannot, with the reason.
 *
 * @public
 */
export const canarySideSchema = z.object({
  /** What people call it: the image's tag, or the start of its digest. */
  version: z.string(),
  image: z.string().optional(),
  /** Ref of the workload, and the label selector of the pods, of this side. */
  workload: z.string(),
  podSelector: z.record(z.string(), z.string()),
  desiredPods: z.number().int().optional(),
  readyPods: z.number().int().optional(),
  telemetry: z
    .object({ workload: z.string(), version: z.string().optional() })
    .optional(),
  telemetryReason: z.string().optional(),
});

/** @public */
export type CanarySide = z.infer<typeof canarySideSchema>;

/**
 * Shares of traffic that the canary has, in percent. `desired` is what
 * configuration says, `observed` what the mesh reports.
 *
 * @public
 */
export const canaryWeightsSchema = z.object({
  desired: z.number().optional(),
  /** What decides: routes of the mesh, or merely numbers of pods. */
  desiredBy: z.enum(['routes', 'pods']).optional(),
  observed: z.number().optional(),
  /** The window of the observation. */
  observedSeconds: z.number().optional(),
  /** Why there is no observation. */
  observedReason: z.string().optional(),
});

/** @public */
export type CanaryWeights = z.infer<typeof canaryWeightsSchema>;

/** Whom or what a canary waits for. @public */
export const canaryWaitSchema = z.object({
  for: z.enum(['approval', 'time', 'analysis', 'pods', 'gate', 'person']),
  since: z.string().optional(),
  until: z.string().optional(),
  sentence: z.string(),
});

/** @public */
export type CanaryWait = z.infer<typeof canaryWaitSchema>;

/** One metric's way through an analysis. @public */
export const canaryMetricSchema = z.object({
  name: z.string(),
  state: z.enum(['passing', 'failing', 'inconclusive', 'unknown', 'running']),
  sentence: z.string(),
  query: z.string().optional(),
  successCondition: z.string().optional(),
  failureCondition: z.string().optional(),
  isDryRun: z.boolean().optional(),
  measurements: z.array(
    z.object({
      at: z.string(),
      value: z.string(),
      state: z.enum(['passing', 'failing', 'inconclusive', 'unknown']),
      message: z.string().optional(),
    }),
  ),
});

/** @public */
export type CanaryMetric = z.infer<typeof canaryMetricSchema>;

/** One analysis, such as an AnalysisRun or a look of our own judge. @public */
export const canaryAnalysisSchema = z.object({
  name: z.string(),
  state: canaryMetricSchema.shape.state,
  sentence: z.string(),
  stepIndex: z.number().int().optional(),
  startedAt: z.string().optional(),
  metrics: z.array(canaryMetricSchema),
});

/** @public */
export type CanaryAnalysis = z.infer<typeof canaryAnalysisSchema>;

/** @public */
export const canaryVerdictSchema = z.object({
  state: z.enum(['go', 'hold', 'abort']),
  sentence: z.string(),
  at: z.string(),
});

/** @public */
export type CanaryVerdict = z.infer<typeof canaryVerdictSchema>;

/** Something that happened to a canary, the newest first. @public */
export const canaryEventSchema = z.object({
  at: z.string(),
  kind: z.enum(['step', 'analysis', 'person', 'problem', 'gate', 'info']),
  title: z.string(),
  detail: z.string().optional(),
  actor: z.string().optional(),
});

/** @public */
export type CanaryEvent = z.infer<typeof canaryEventSchema>;

/**
 * A button: what it does, said with its target (`Send 50 % to 1.9.0`), and
 * why it cannot be pressed where it cannot.
 *
 * @public
 */
export const canaryOfferSchema = z.object({
  verb: canaryVerbSchema,
  effect: z.string(),
  isDangerous: z.boolean(),
  isPrimary: z.boolean(),
  refusal: z.string().optional(),
});

/** @public */
export type CanaryOffer = z.infer<typeof canaryOfferSchema>;

/** What lists show of a canary. @public */
export const canarySummarySchema = z.object({
  /** `cluster/namespace/Kind/name`; the kind is the engine's own. */
  ref: z.string(),
  engine: z.string(),
  engineTitle: z.string(),
  /** Name of the app, by which the catalog knows it. */
  app: z.string(),
  /** Refs of the Services whose traffic it shifts. */
  services: z.array(z.string()),
  environment: z.string().optional(),
  owners: z.array(z.string()).optional(),
  phase: canaryPhaseSchema,
  reason: z.string(),
  waitsFor: canaryWaitSchema.optional(),
  stepIndex: z.number().int().optional(),
  stepCount: z.number().int(),
  stableVersion: z.string(),
  canaryVersion: z.string().optional(),
  weights: canaryWeightsSchema,
  startedAt: z.string().optional(),
  startedBy: z.string().optional(),
  /** When it came into its phase. */
  changedAt: z.string().optional(),
  verdict: canaryVerdictSchema.optional(),
});

/** @public */
export type CanarySummary = z.infer<typeof canarySummarySchema>;

/** A canary with all that its screen shows besides telemetry. @public */
export const canarySchema = canarySummarySchema.extend({
  steps: z.array(canaryStepSchema),
  stable: canarySideSchema,
  canary: canarySideSchema.optional(),
  analyses: z.array(canaryAnalysisSchema),
  events: z.array(canaryEventSchema),
  offers: z.array(canaryOfferSchema),
  /** Why it was started, in the words of who did. */
  purpose: z.string().optional(),
  /** What it does by itself, in one sentence. */
  policy: z.string().optional(),
  /** What shares out the requests; absent where the engine does not tell. */
  routing: planRoutingSchema.optional(),
  /** The version that a change must be based on. */
  resourceVersion: z.string(),
  warnings: z.array(warningSchema),
});

/** @public */
export type Canary = z.infer<typeof canarySchema>;

/** An engine in a cluster: there, not installed, or not to be read. @public */
export const canaryEngineStatusSchema = z.object({
  id: z.string(),
  title: z.string(),
  cluster: z.string(),
  source: sourceStatusSchema,
});

/** @public */
export type CanaryEngineStatus = z.infer<typeof canaryEngineStatusSchema>;

/** Answer of `GET /api/delivery/canaries`. @public */
export const canaryListSchema = z.object({
  canaries: z.array(canarySummarySchema),
  engines: z.array(canaryEngineStatusSchema),
  sources: z.array(sourceStatusSchema),
  warnings: z.array(warningSchema),
});

/** @public */
export type CanaryList = z.infer<typeof canaryListSchema>;

/** Answer of `GET /api/delivery/canaries/:ref`. @public */
export const canaryAnswerSchema = z.object({
  canary: canarySchema,
  sources: z.array(sourceStatusSchema),
  warnings: z.array(warningSchema),
});

/** @public */
export type CanaryAnswer = z.infer<typeof canaryAnswerSchema>;
