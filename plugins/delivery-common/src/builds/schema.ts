import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { dnsLabelSchema } from '../objects';

/** Which service is meant. @public */
export const servicePlaceSchema = z.object({
  cluster: z.string().min(1),
  namespace: dnsLabelSchema,
  app: dnsLabelSchema,
});

/** @public */
export type ServicePlaceInput = z.infer<typeof servicePlaceSchema>;

/**
 * A branch of a multibranch job by Jenkins' own name of its job, in which
 * what is not safe in an address is encoded (`feature%2Fpay`).
 *
 * @public
 */
export const branchNameSchema = z
  .string()
  .regex(/^(?!\.{1,2}$)[^/\\]{1,250}$/, 'the name of a branch’s job');

/** Which builds are meant. @public */
export const buildPlaceSchema = servicePlaceSchema.extend({
  /** Of multibranch jobs; absent stands for the primary branch. */
  branch: branchNameSchema.optional(),
});

/** @public */
export type BuildPlaceInput = z.infer<typeof buildPlaceSchema>;

/** How a build stands. `unstable` built, with tests that failed. @public */
export const buildStateSchema = z.enum([
  'queued',
  'running',
  'succeeded',
  'unstable',
  'failed',
  'aborted',
  'unknown',
]);

/** @public */
export type BuildState = z.infer<typeof buildStateSchema>;

/** One stage of a pipeline. @public */
export const buildStageSchema = z.object({
  name: z.string(),
  state: buildStateSchema,
  /** RFC 3339; absent where it has not begun. */
  startedAt: z.string().optional(),
  durationMilliseconds: z.number().optional(),
});

/** @public */
export type BuildStage = z.infer<typeof buildStageSchema>;

/** One build. @public */
export const buildSchema = z.object({
  number: z.number().int(),
  state: buildStateSchema,
  startedAt: z.string().optional(),
  durationMilliseconds: z.number().optional(),
  /** How long builds of this job usually take. */
  estimatedMilliseconds: z.number().optional(),
  parameters: z.record(z.string(), z.string()),
  /** Who or what began it, in Jenkins' words. */
  cause: z.string().optional(),
  /** Commit that was built. */
  revision: z.string().optional(),
  /** Where people look at it. */
  url: z.string(),
});

/** @public */
export type Build = z.infer<typeof buildSchema>;

/** A build that waits for its turn. @public */
export const queuedBuildSchema = z.object({
  id: z.number().int(),
  since: z.string().optional(),
  /** Why it waits, in Jenkins' words. */
  why: z.string(),
  isStuck: z.boolean(),
  parameters: z.record(z.string(), z.string()),
});

/** @public */
export type QueuedBuild = z.infer<typeof queuedBuildSchema>;

/** A parameter that a job asks for. @public */
export const buildParameterSchema = z.object({
  name: z.string(),
  kind: z.enum(['text', 'choice', 'boolean', 'secret']),
  description: z.string().optional(),
  fallback: z.string().optional(),
  choices: z.array(z.string()).optional(),
});

/** @public */
export type BuildParameter = z.infer<typeof buildParameterSchema>;

/** A branch that a multibranch job builds. @public */
export const buildBranchSchema = z.object({
  /** See `branchNameSchema`. */
  name: z.string(),
  /** As people call it. */
  title: z.string(),
  isPrimary: z.boolean(),
  /** Undefined where it was never built. */
  lastBuild: buildSchema.optional(),
});

/** @public */
export type BuildBranch = z.infer<typeof buildBranchSchema>;

/** Answer of `GET /api/delivery/builds?cluster&namespace&app&branch`. @public */
export const buildsResponseSchema = z.object({
  /** Name of the service's job; it may not exist. */
  job: z.string(),
  /** Undefined where Jenkins does not know the job, or could not be asked. */
  url: z.string().optional(),
  isBuildable: z.boolean(),
  /** Undefined where the job is no multibranch one. The primary one first, then those built last. */
  branches: z.array(buildBranchSchema).optional(),
  /** Whose builds these are, of a multibranch job. */
  branch: z.string().optional(),
  parameters: z.array(buildParameterSchema),
  queue: z.array(queuedBuildSchema),
  /** The newest first. */
  builds: z.array(buildSchema),
  provenance: provenanceSchema,
});

/** @public */
export type BuildsResponse = z.infer<typeof buildsResponseSchema>;

/** Answer of `GET /api/delivery/builds/:number?cluster&namespace&app&branch`. @public */
export const buildDetailsSchema = z.object({
  build: buildSchema,
  stages: z.array(buildStageSchema),
  /** Why there are no stages. */
  stagesReason: z.string().optional(),
});

/** @public */
export type BuildDetails = z.infer<typeof buildDetailsSchema>;

/**
 * Events of `GET /api/delivery/builds/:number/log/stream`: `delta` carries a
 * piece of the console; its id is the offset to go on from, in bytes.
 *
 * @public
 */
export const buildLogPieceSchema = z.object({
  text: z.string(),
  /** True for the last piece of a build that is over. */
  isEnd: z.boolean(),
});

/** @public */
export type BuildLogPiece = z.infer<typeof buildLogPieceSchema>;

/**
 * Event `delta` of `GET /api/delivery/builds/stream?cluster&namespace&app`:
 * queue or builds changed, or someone pushed to the project.
 *
 * @public
 */
export const buildsChangeSchema = z.object({
  what: z.enum(['builds', 'push']),
});

/** @public */
export type BuildsChange = z.infer<typeof buildsChangeSchema>;

const parameters = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'a name of a parameter'),
  z.string().max(10_000),
);

/** Input of `start-build`. @public */
export const startBuildInputSchema = buildPlaceSchema.extend({
  /** Those that are not named have the job's own values. */
  parameters: parameters.default({}),
});

/** Input of `abort-build`. @public */
export const abortBuildInputSchema = buildPlaceSchema.extend({
  number: z.number().int().min(1),
});

/** Input of `cancel-build`. @public */
export const cancelBuildInputSchema = buildPlaceSchema.extend({
  /** Of the item of Jenkins' queue. */
  id: z.number().int().min(0),
});

/** Input of `create-build-job`. @public */
export const createBuildJobInputSchema = servicePlaceSchema.extend({
  branch: z
    .string()
    .regex(/^[A-Za-z0-9._/-]{1,200}$/, 'a branch')
    .default('main'),
  /** Path of the pipeline's script in the repository. */
  jenkinsfile: z
    .string()
    .regex(/^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]{1,200}$/, 'a path of a file')
    .default('Jenkinsfile'),
});

/** Input of `delete-build-job`. @public */
export const deleteBuildJobInputSchema = servicePlaceSchema;
