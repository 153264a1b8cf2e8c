import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** How a release stands or ended. @public */
export const releaseStateSchema = z.enum([
  'progressing',
  'succeeded',
  'failed',
  /** Another one came before it was through. */
  'superseded',
  /** It was over before anyone watched. */
  'unknown',
]);

/** @public */
export type ReleaseState = z.infer<typeof releaseStateSchema>;

/** Who made a change, as far as the cluster tells. @public */
export const releaseActorSchema = z.object({
  by: z.enum([
    'person',
    'argocd',
    'flux',
    'helm',
    'flagger',
    'tool',
    'unknown',
  ]),
  /** Entity ref of the person, or the tool's name. */
  name: z.string().optional(),
  sentence: z.string(),
});

/** @public */
export type ReleaseActor = z.infer<typeof releaseActorSchema>;

/** What the mesh measured over a window; unknown figures are left out. @public */
export const releaseFiguresSchema = z.object({
  /** End of the window, RFC 3339. */
  until: z.string(),
  windowSeconds: z.number(),
  requestsPerSecond: z.number().optional(),
  /** 0..1 */
  errorShare: z.number().optional(),
  p95Milliseconds: z.number().optional(),
  /** Why something is not known. */
  reason: z.string().optional(),
});

/** @public */
export type ReleaseFigures = z.infer<typeof releaseFiguresSchema>;

/** @public */
export const releaseImageSchema = z.object({
  container: z.string(),
  image: z.string(),
  digest: z.string().optional(),
});

/**
 * The commits that a release brought. What could not be told is left out,
 * with the reason.
 *
 * @public
 */
export const releaseRangeSchema = z.object({
  /** Commit of the release before, and of this one. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** How many commits this one has that the other has not. */
  commits: z.number().int().optional(),
  /** When the oldest of them was committed, RFC 3339. */
  firstCommitAt: z.string().optional(),
  reason: z.string().optional(),
});

/** @public */
export type ReleaseRange = z.infer<typeof releaseRangeSchema>;

/**
 * One change of what a workload runs. Instants are RFC 3339.
 *
 * @public
 */
export const releaseSchema = z.object({
  id: z.string(),
  workload: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  app: z.string(),
  revision: z.number().int(),
  /** Name of the ReplicaSet or ControllerRevision. */
  revisionName: z.string(),
  version: z.string().optional(),
  images: z.array(releaseImageSchema),
  actor: releaseActorSchema,
  why: z.string().optional(),
  /** True when it went back to what had run before. */
  isRollback: z.boolean(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  state: releaseStateSchema,
  /** How it ended in words; for one in progress, where it stands. */
  outcome: z.string(),
  /** Commit that the image was built from, and when it was built. */
  commit: z.string().optional(),
  builtAt: z.string().optional(),
  /** Absent while nobody has looked. */
  range: releaseRangeSchema.optional(),
  /** Ref of the canary that it was walked by. */
  canary: z.string().optional(),
  before: releaseFiguresSchema.optional(),
  after: releaseFiguresSchema.optional(),
});

/** @public */
export type Release = z.infer<typeof releaseSchema>;

/** Answer of `GET /api/delivery/releases`, the newest first. @public */
export const releaseListSchema = z.object({
  items: z.array(releaseSchema),
  /** Pass as `before` for the next page. */
  next: z.string().optional(),
  provenance: provenanceSchema,
});

/** @public */
export type ReleaseList = z.infer<typeof releaseListSchema>;

/** Answer of `GET /api/delivery/releases/:id`. @public */
export const releaseDetailsSchema = z.object({
  release: releaseSchema,
  /** The release before it of the same workload. */
  previous: releaseSchema.optional(),
  /** Pod templates as YAML, secrets masked, to be compared. */
  template: z.string(),
  templateBefore: z.string().optional(),
});

/** @public */
export type ReleaseDetails = z.infer<typeof releaseDetailsSchema>;
