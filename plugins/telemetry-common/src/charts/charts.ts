import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** No chart asks for more points than this per series. @public */
export const MOST_CHART_POINTS = 1000;

/** What a chart belongs to. @public */
export const CHART_GROUPS = ['red', 'saturation', 'runtime'] as const;

/** @public */
export type ChartGroup = (typeof CHART_GROUPS)[number];

/** @public */
export const chartUnitSchema = z.enum([
  'requestsPerSecond',
  'share',
  'milliseconds',
  'cores',
  'bytes',
  'bytesPerSecond',
  'count',
]);

/** @public */
export type ChartUnit = z.infer<typeof chartUnitSchema>;

/** Points of one line: milliseconds since the Unix epoch, and the value; gaps are left out. */
const pointsSchema = z.array(z.tuple([z.number(), z.number()]));

const chartSeriesSchema = z.object({
  /** What the line is of: a version, a pod, a pool. */
  name: z.string(),
  role: z.enum(['version', 'pod', 'quantile', 'limit', 'request', 'part']),
  points: pointsSchema,
  /** The same of the period before, moved onto this one's time. */
  previous: pointsSchema.optional(),
});

/** @public */
export type ChartSeries = z.infer<typeof chartSeriesSchema>;

/** @public */
export const chartSchema = z.object({
  /** Stable name, such as `red.rate`. */
  id: z.string(),
  group: z.enum(CHART_GROUPS),
  unit: chartUnitSchema,
  series: z.array(chartSeriesSchema),
  /** The question, as it was asked. */
  promql: z.string(),
  /** Why there are no lines, in words; absent when there are. */
  emptyReason: z.string().optional(),
  /** Lines beyond those shown, the smallest. */
  leftOutCount: z.number().int().optional(),
});

/** @public */
export type Chart = z.infer<typeof chartSchema>;

/** Answer of `GET /api/telemetry/services/:ref/charts?from&to&compare&group`. @public */
export const chartsResponseSchema = z.object({
  fromMilliseconds: z.number(),
  toMilliseconds: z.number(),
  stepSeconds: z.number().positive(),
  /** Beginning of the period compared with. */
  previousFromMilliseconds: z.number().optional(),
  /** What holds the history that was asked: `prometheus`, or the long-range source. */
  storage: z.string(),
  charts: z.array(chartSchema),
  provenance: provenanceSchema,
});

/** @public */
export type ChartsResponse = z.infer<typeof chartsResponseSchema>;
