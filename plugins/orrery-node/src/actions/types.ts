import type { Permission } from '@backstage/plugin-permission-common';
import type { ActionPreview } from '@orrery/backstage-plugin-orrery-common';
import type { z } from 'zod';

/** A preview without what the runner fills in. @public */
export type PreviewDraft = Omit<ActionPreview, 'action' | 'needsApproval'>;

/** @public */
export type ActionOutcome = {
  state: 'succeeded' | 'failed';
  message: string;
};

/** Who changes what, why, and with whose consent. @public */
export type ActionRunContext = {
  /** The version that was previewed. */
  resourceVersion: string;
  /** Entity ref of the person, or the service principal's name. */
  actor: string;
  reason: string;
  /** Entity ref of the second person, where one was needed. */
  approver?: string;
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
  /** A few words with a verb, such as `Restart a workload`. */
  title: string;
  /** What it does and when to use it, in a sentence or two, for people and agents. */
  description: string;
  input: Input;
  /**
   * One without a resource type is asked for as such; one with the resource
   * type of the plugin's targets is asked for on {@link target}.
   */
  permission: Permission;
  /**
   * False for writes that never need a second person, such as taking back a
   * request; true where absent.
   */
  approvable?: boolean;
  /**
   * Ref of what it changes, told from the input alone: permission is asked for
   * before anything is read.
   *
   * @throws InvalidValueError that names the field of the input
   */
  target(input: z.infer<Input>): string;
  /** The server's own dry run: what is now, what would be. */
  preview(input: z.infer<Input>): Promise<PreviewDraft>;
  /**
   * Does it, refusing with a ConflictError when the target is no longer at
   * `resourceVersion`.
   */
  run(
    input: z.infer<Input>,
    context: ActionRunContext,
  ): Promise<{ message: string }>;
  /** Waits until the effect is seen, or until it is clear that it will not be. */
  verify(
    input: z.infer<Input>,
    context: { signal: AbortSignal; report: (message: string) => void },
  ): Promise<ActionOutcome>;
  /** How to take it back, or why that cannot be done. */
  undo(input: z.infer<Input>): string;
};
