import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { logLineSchema } from '../lines';

/**
 * Event `delta` of `GET /api/logs/stream` (the store's live tail) and of
 * `GET /api/logs/pods/stream` (containers), the oldest first.
 *
 * @public
 */
export const logDeltaSchema = z.object({
  lines: z.array(logLineSchema),
  /** How many were left out because the reader did not keep up. */
  skipped: z.number().int(),
  /** What became of containers: `started`, `ended`, `reconnecting`, with the reason. */
  states: z
    .array(
      z.object({
        pod: z.string(),
        container: z.string(),
        state: z.enum(['following', 'reconnecting', 'ended', 'refused']),
        reason: z.string().optional(),
      }),
    )
    .optional(),
});

/** @public */
export type LogDelta = z.infer<typeof logDeltaSchema>;

/** Query of `GET /api/logs/pods` and `/api/logs/pods/stream`. @public */
export const podLogQuerySchema = z.object({
  cluster: z.string().min(1),
  namespace: z.string().min(1),
  /** App by its label; or pods by their names, or a label selector. */
  app: z.string().optional(),
  selector: z.string().max(1000).optional(),
  pods: z.string().optional(),
  /** Names of containers, separated by commas; none mean all but sidecars. */
  containers: z.string().optional(),
  previous: z
    .enum(['true', 'false'])
    .default('false')
    .transform(text => text === 'true'),
  /** How far back it begins, such as `15m`. */
  since: z.string().optional(),
  tailLines: z.coerce.number().int().min(1).max(5000).default(500),
});

/** @public */
export type PodLogQuery = z.infer<typeof podLogQuerySchema>;

/** Answer of `GET /api/logs/targets?cluster=&namespace=&app=`: what can be followed. @public */
export const logPodTargetsSchema = z.object({
  pods: z.array(
    z.object({
      name: z.string(),
      app: z.string().optional(),
      version: z.string().optional(),
      node: z.string().optional(),
      containers: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['app', 'sidecar', 'init', 'ephemeral']),
          restarts: z.number().int(),
          /** In words: `running`, `waiting: ImagePullBackOff`. */
          state: z.string(),
        }),
      ),
    }),
  ),
  provenance: provenanceSchema,
});

/** @public */
export type LogPodTargets = z.infer<typeof logPodTargetsSchema>;

/** @public */
export type LogPodTarget = LogPodTargets['pods'][number];
