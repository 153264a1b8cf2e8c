import {
  sourceStatusSchema,
  warningSchema,
} from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** What one version did over the window; absent is not known. @public */
export const sideFiguresSchema = z.object({
  requests: z.number().optional(),
  requestsPerSecond: z.number().optional(),
  /** 0..1 */
  errorShare: z.number().optional(),
  p50Milliseconds: z.number().optional(),
  p95Milliseconds: z.number().optional(),
  p99Milliseconds: z.number().optional(),
  /** Cores, mean of a pod. */
  cpuCoresPerPod: z.number().optional(),
  memoryBytesPerPod: z.number().optional(),
  restarts: z.number().optional(),
});

/** @public */
export type SideFigures = z.infer<typeof sideFiguresSchema>;

/** How one figure of the canary differs from the stable version's. @public */
export const figureComparisonSchema = z.object({
  figure: z.enum([
    'requestsPerSecond',
    'errorShare',
    'p50Milliseconds',
    'p95Milliseconds',
    'p99Milliseconds',
    'cpuCoresPerPod',
    'memoryBytesPerPod',
    'restarts',
  ]),
  /** In percentage points for shares, otherwise in percent of stable. */
  difference: z.number().optional(),
  /** Two-sided; how likely chance alone makes such a difference. */
  pValue: z.number().optional(),
  /** The limit in words, where the plan has one: `at most +0.5 pt`. */
  limit: z.string().optional(),
  state: z.enum(['passing', 'failing', 'inconclusive', 'unknown']).optional(),
});

/** @public */
export type FigureComparison = z.infer<typeof figureComparisonSchema>;

/** Answer of `GET /api/delivery/canaries/:ref/comparison`. @public */
export const canaryComparisonSchema = z.object({
  at: z.string(),
  windowSeconds: z.number(),
  stable: sideFiguresSchema,
  canary: sideFiguresSchema,
  figures: z.array(figureComparisonSchema),
  sources: z.array(sourceStatusSchema),
  warnings: z.array(warningSchema),
});

/** @public */
export type CanaryComparison = z.infer<typeof canaryComparisonSchema>;

const pointSchema = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** Absent where nothing was reported: a gap, not a zero. */
  value: z.number().optional(),
});

/** One chart: both versions over the same moments. @public */
export const canarySeriesSchema = z.object({
  figure: z.enum([
    'requestsPerSecond',
    'errorShare',
    'p95Milliseconds',
    'weight',
  ]),
  query: z.object({ stable: z.string(), canary: z.string() }),
  stable: z.array(pointSchema),
  canary: z.array(pointSchema),
});

/** Answer of `GET /api/delivery/canaries/:ref/history`. @public */
export const canaryHistorySchema = z.object({
  from: z.string(),
  to: z.string(),
  stepSeconds: z.number(),
  series: z.array(canarySeriesSchema),
  sources: z.array(sourceStatusSchema),
  warnings: z.array(warningSchema),
});

/** @public */
export type CanaryHistory = z.infer<typeof canaryHistorySchema>;

/** One line of a log, with the pod that wrote it. @public */
export const canaryLogLineSchema = z.object({
  at: z.string(),
  pod: z.string(),
  level: z.enum(['error', 'warn', 'info', 'debug', 'unknown']),
  text: z.string(),
});

/** Answer of `GET /api/delivery/canaries/:ref/logs?side=`. @public */
export const canaryLogsSchema = z.object({
  side: z.enum(['stable', 'canary']),
  lines: z.array(canaryLogLineSchema),
  sources: z.array(sourceStatusSchema),
  warnings: z.array(warningSchema),
});

/** @public */
export type CanaryLogs = z.infer<typeof canaryLogsSchema>;
