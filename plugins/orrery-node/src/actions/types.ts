import type {
  ActionPreview,
  ActivityState,
} from '@orrery/backstage-plugin-orrery-common';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import type { z } from 'zod';

/** A preview without what the runner fills in. @public */
export type PreviewDraft = Omit<ActionPreview, 'action'>;

/** @public */
export type ActionOutcome = {
  state: Exclude<ActivityState, 'running'>;
  message: string;
};

/**
 * One kind of write. It is registered once; routes, templates and agents all
 * run it through {@link ActionRunner}.
 *
 * @public
 */
export type ActionDefinition<Input extends z.ZodType = z.ZodType> = {
  /** Kebab case and stable: it is part of URLs and of the log. */
  name: string;
  input: Input;
  permission: BasicPermission;
  /** The server's own dry run: what is now, what would be. */
  preview(input: z.infer<Input>): Promise<PreviewDraft>;
  /**
   * Does it, refusing with a ConflictError when the target is no longer at
   * `resourceVersion`.
   */
  run(
    input: z.infer<Input>,
    context: { resourceVersion: string; actor: string; reason: string },
  ): Promise<{ message: string }>;
  /** Waits until the effect is seen, or until it is clear that it will not be. */
  verify(
    input: z.infer<Input>,
    context: { signal: AbortSignal; report: (message: string) => void },
  ): Promise<ActionOutcome>;
  /** How to take it back, or why that cannot be done. */
  undo(input: z.infer<Input>): string;
};
