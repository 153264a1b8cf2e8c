import { z } from 'zod';

/**
 * Body of `POST /api/scaffolder/orrery/template-previews`.
 *
 * @public
 */
export const templatePreviewRequestSchema = z.object({
  /** Ref of the template in the catalog. */
  templateRef: z.string().min(1),
  /** Answers to its form. */
  values: z.record(z.string(), z.unknown()),
});

/**
 * One write that a step would make. `before` and `after` are texts to compare;
 * both are absent where the write could not be previewed, which `problem` says.
 *
 * @public
 */
export const templateWriteSchema = z.object({
  plugin: z.string(),
  action: z.string(),
  summary: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
  /** True when a run waits for a second person's approval. */
  needsApproval: z.boolean(),
  warnings: z.array(z.string()),
  problem: z.string().optional(),
});

/** @public */
export type TemplateWrite = z.infer<typeof templateWriteSchema>;

/** @public */
export const templateStepSchema = z.object({
  id: z.string(),
  name: z.string(),
  action: z.string(),
  /**
   * `skipped` ones have a condition that does not hold; what an `untold` one
   * would do is not known before it runs, for its action has no dry run.
   */
  state: z.enum(['runs', 'skipped', 'untold']),
  /** What it said in the dry run. */
  lines: z.array(
    z.object({ level: z.enum(['info', 'warn', 'error']), text: z.string() }),
  ),
  /** What an `untold` one is given, as JSON. */
  input: z.string().optional(),
  writes: z.array(templateWriteSchema),
});

/** @public */
export type TemplateStep = z.infer<typeof templateStepSchema>;

/**
 * An object of Kubernetes as the server's own dry run answered it.
 *
 * @public
 */
export const templateObjectSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  /** Id of the step that writes it. */
  step: z.string(),
  change: z.enum(['created', 'changed', 'unchanged', 'deleted']),
  /** YAML; empty where it is not there. */
  before: z.string(),
  after: z.string(),
});

/** @public */
export type TemplateObject = z.infer<typeof templateObjectSchema>;

/** @public */
export const templateFileSchema = z.object({
  path: z.string(),
  bytes: z.number().int(),
  /** Absent where it is no text or too long to be shown. */
  text: z.string().optional(),
  reason: z.enum(['binary', 'long']).optional(),
});

/** @public */
export type TemplateFile = z.infer<typeof templateFileSchema>;

/**
 * All that a template would do with these answers, told before it is run:
 * its steps, the files of the repository and the objects of the cluster.
 *
 * @public
 */
export const templatePreviewSchema = z.object({
  title: z.string(),
  steps: z.array(templateStepSchema),
  objects: z.array(templateObjectSchema),
  files: z.array(templateFileSchema),
});

/** @public */
export type TemplatePreview = z.infer<typeof templatePreviewSchema>;
