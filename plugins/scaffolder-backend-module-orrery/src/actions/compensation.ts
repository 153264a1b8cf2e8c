import { z } from 'zod';

/**
 * How the work of a step is taken back: an action of a plugin. Every step
 * hands it out as its output `compensation`, so that what takes back can be
 * read in the task.
 */
export const compensationSchema = z.object({
  plugin: z.string().regex(/^[a-z][a-z0-9-]*$/),
  action: z.string().regex(/^[a-z][a-z0-9-]*$/),
  input: z.record(z.string(), z.unknown()),
  typed: z.string().optional(),
});

/** How the work of a step is taken back. */
export type Compensation = z.infer<typeof compensationSchema>;
