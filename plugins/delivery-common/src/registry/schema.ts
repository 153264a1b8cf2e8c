import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** How bad what a scanner found is. @public */
export const scanSeveritySchema = z.enum([
  'critical',
  'high',
  'medium',
  'low',
  'negligible',
  'unknown',
]);

/** @public */
export type ScanSeverity = z.infer<typeof scanSeveritySchema>;

/** What a registry's scanner says of an image. @public */
export const imageScanSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('scanned'),
    /** RFC 3339; when the scan ended. */
    at: z.string().optional(),
    /** How many weaknesses were found of each severity. */
    counts: z.record(scanSeveritySchema, z.number().int()),
    /** How many of them a newer package mends; undefined where it is not told. */
    fixable: z.number().int().optional(),
    /** The scanner's name. */
    scanner: z.string().optional(),
  }),
  z.object({
    state: z.literal('running'),
    /** How far it is, from 0 to 100. */
    percent: z.number().optional(),
  }),
  z.object({
    state: z.literal('unknown'),
    /** Why it is not known, such as that nobody has scanned it. */
    reason: z.string(),
  }),
]);

/** @public */
export type ImageScan = z.infer<typeof imageScanSchema>;

/** A label that people or robots put on an image in the registry. @public */
export const imageLabelSchema = z.object({
  name: z.string(),
  description: z.string().optional(),
});

/** @public */
export type ImageLabel = z.infer<typeof imageLabelSchema>;

/**
 * One tag of a workload's repository. What the registry does not tell is
 * left out, with the reason.
 *
 * @public
 */
export const imageTagSchema = z.object({
  tag: z.string(),
  /** Reference to deploy: repository and tag. */
  image: z.string(),
  digest: z.string().optional(),
  /** RFC 3339 */
  createdAt: z.string().optional(),
  bytes: z.number().optional(),
  platforms: z.array(z.string()),
  /** Commit that it was built from. */
  revision: z.string().optional(),
  /** Why nothing more is known. */
  reason: z.string().optional(),
  /** Refs of the workloads that run it. */
  runningIn: z.array(z.string()),
  /** Undefined where the registry has none, or they are not known. */
  labels: z.array(imageLabelSchema).optional(),
  scan: imageScanSchema,
});

/** @public */
export type ImageTag = z.infer<typeof imageTagSchema>;

/** Answer of `GET /api/delivery/images`, the newest first. @public */
export const imageListSchema = z.object({
  /** Repository with its registry. */
  repository: z.string(),
  container: z.string(),
  items: z.array(imageTagSchema),
  /** How many tags there are; only the newest are looked at. */
  total: z.number().int(),
  /** Whether the registry can scan images. */
  isScanning: z.boolean(),
  provenance: provenanceSchema,
});

/** @public */
export type ImageList = z.infer<typeof imageListSchema>;

/** Input of `scan-image`. @public */
export const scanImageInputSchema = z.object({
  workload: z.string().describe('Workload ref cluster/namespace/Kind/name'),
  /** Of the repository of one of the workload's containers. */
  image: z.string().min(1).max(500),
});
