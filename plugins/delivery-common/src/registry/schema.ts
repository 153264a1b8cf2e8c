import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

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
  provenance: provenanceSchema,
});

/** @public */
export type ImageList = z.infer<typeof imageListSchema>;
