import type {
  Canary,
  CanaryVerb,
} from '@orrery/backstage-plugin-delivery-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';

/** What an engine knows of one cluster. @public */
export type EngineReading = {
  canaries: readonly Canary[];
  /** `absent` where the engine is not installed in the cluster. */
  source: SourceStatus;
};

/** What a person wants of a canary. `weight` goes with `set-weight`. @public */
export type CanaryCommand = {
  verb: CanaryVerb;
  canary: Canary;
  weight?: number;
};

/** What a command would change; texts to compare. @public */
export type CanaryCommandPreview = {
  before: string;
  after: string;
  /** Said beside the button, when it is more than the button says. */
  sentences: string[];
};

/**
 * What walks canaries: ours on plain Deployments, Argo Rollouts, Flagger, or
 * one that a backend module adds. All of them are one model, one screen and
 * one set of actions.
 *
 * @public
 */
export interface CanaryEngine {
  /** Stable; part of the contract: `istio`, `argo-rollouts`, `flagger`. */
  readonly id: string;
  readonly title: string;
  /** The kind in refs of its canaries, `Rollout` for instance. */
  readonly kind: string;
  /** All canaries of a cluster, from what is known already. Never throws. */
  read(cluster: string): Promise<EngineReading>;
  /** Calls back when something may have changed; returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** The server's own dry run of a command. */
  preview(command: CanaryCommand): Promise<CanaryCommandPreview>;
  /**
   * Does it. Refuses with a ConflictError when the canary is no longer at
   * `resourceVersion`.
   *
   * @returns a sentence on what was accepted
   */
  perform(
    command: CanaryCommand,
    context: { resourceVersion: string; actor: string; reason: string },
  ): Promise<string>;
}
