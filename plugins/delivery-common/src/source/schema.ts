import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { servicePlaceSchema } from '../builds';

/** One commit. Instants are RFC 3339. @public */
export const commitSchema = z.object({
  /** Full id. */
  id: z.string(),
  title: z.string(),
  author: z.string(),
  at: z.string(),
  url: z.string().optional(),
});

/** @public */
export type Commit = z.infer<typeof commitSchema>;

/** A tag or a branch and the commit that it points to. @public */
export const sourceReferenceSchema = z.object({
  name: z.string(),
  commit: commitSchema,
});

/** @public */
export type SourceReference = z.infer<typeof sourceReferenceSchema>;

/** @public */
export const mergeRequestSchema = z.object({
  /** Number within the project, as people say it: `!12`. */
  number: z.number().int(),
  title: z.string(),
  state: z.enum(['opened', 'merged', 'closed', 'locked']),
  author: z.string(),
  sourceBranch: z.string(),
  targetBranch: z.string(),
  isDraft: z.boolean(),
  createdAt: z.string(),
  mergedAt: z.string().optional(),
  url: z.string(),
});

/** @public */
export type MergeRequest = z.infer<typeof mergeRequestSchema>;

/** Answer of `GET /api/delivery/source?cluster&namespace&app`. @public */
export const sourceResponseSchema = z.object({
  /** Path of the service's project; it may not exist. */
  project: z.string(),
  url: z.string().optional(),
  defaultBranch: z.string().optional(),
  /** The newest first. */
  tags: z.array(sourceReferenceSchema),
  branches: z.array(sourceReferenceSchema),
  /** Open ones. */
  mergeRequests: z.array(mergeRequestSchema),
  provenance: provenanceSchema,
});

/** @public */
export type SourceResponse = z.infer<typeof sourceResponseSchema>;

/** One file that differs. @public */
export const changedFileSchema = z.object({
  path: z.string(),
  /** Where it was before it was moved. */
  formerPath: z.string().optional(),
  change: z.enum(['added', 'changed', 'deleted', 'renamed']),
});

/**
 * Answer of `GET /api/delivery/source/changes?cluster&namespace&app&from&to`:
 * what came between two tags, branches or commits.
 *
 * @public
 */
export const sourceChangesSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** The newest first. */
  commits: z.array(commitSchema),
  files: z.array(changedFileSchema),
  /** Merged between the two. */
  mergeRequests: z.array(mergeRequestSchema),
  /** True where `to` is older: these are the commits that would be lost. */
  isBackwards: z.boolean(),
  url: z.string().optional(),
  provenance: provenanceSchema,
});

/** @public */
export type SourceChanges = z.infer<typeof sourceChangesSchema>;

/** Input of `delete-source-project`. @public */
export const deleteSourceProjectInputSchema = servicePlaceSchema.extend({
  /** `archive` keeps it to be read. */
  how: z.enum(['archive', 'delete']).default('archive'),
  /**
   * RFC 3339; only a project that was made after it is touched. Cleaning up
   * after a failure says when the work began.
   */
  madeAfter: z.iso.datetime().optional(),
});

/** Input of `create-source-hook` and `delete-source-hook`. @public */
export const sourceHookInputSchema = servicePlaceSchema;
