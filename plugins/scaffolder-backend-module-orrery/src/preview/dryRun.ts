import { z } from 'zod';

/** Answer of the scaffolder's own dry run, as far as it is shown. */
export const dryRunSchema = z.object({
  log: z.array(
    z.object({
      body: z.object({
        message: z.string(),
        stepId: z.string().optional(),
        status: z.string().optional(),
      }),
    }),
  ),
  steps: z.array(
    z.object({ id: z.string(), name: z.string(), action: z.string() }),
  ),
  directoryContents: z.array(
    z.object({ path: z.string(), base64Content: z.string() }),
  ),
});

export type DryRun = z.infer<typeof dryRunSchema>;
