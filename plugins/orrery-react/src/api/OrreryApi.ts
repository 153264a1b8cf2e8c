import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ActionPreview,
  ActionRunRequest,
  Activity,
  ActivityList,
  ActivityState,
  PermittedAnswer,
  PermittedQuestion,
  ScopeResponse,
} from '@orrery/backstage-plugin-orrery-common';

/** @public */
export type ApprovalVerb = 'approve' | 'reject' | 'withdraw';

/**
 * Scope, activity and actions, for every page.
 *
 * @public
 */
export interface OrreryApi {
  /** Clusters and namespaces to choose from. */
  scope(): Promise<ScopeResponse>;
  /** The activity log, the newest first. */
  activities(options?: {
    limit?: number;
    before?: string;
    /** Only what was done to this ref. */
    target?: string;
    state?: ActivityState;
  }): Promise<ActivityList>;
  activity(id: string): Promise<Activity>;
  /** What an action of a plugin would do. */
  previewAction(
    pluginId: string,
    action: string,
    input: object,
  ): Promise<ActionPreview>;
  /** May the viewer do these? Answers in the order of the questions. */
  permitted(
    pluginId: string,
    questions: readonly PermittedQuestion[],
  ): Promise<PermittedAnswer[]>;
  /** Of these waiting rows of a plugin, those that the viewer may decide. */
  decidable(pluginId: string, ids: readonly string[]): Promise<string[]>;
  /** Decides about what waits for a second person, or takes it back. */
  decideApproval(
    pluginId: string,
    id: string,
    verb: ApprovalVerb,
    reason: string,
  ): Promise<Partial<Activity>>;
  /** Does it. The row is running, or waits for a second person; follow it with {@link OrreryApi.activity}. */
  runAction(
    pluginId: string,
    action: string,
    request: ActionRunRequest,
  ): Promise<Partial<Activity>>;
}

/** @public */
export const orreryApiRef = createApiRef<OrreryApi>().with({
  id: 'plugin.orrery.api',
  pluginId: 'orrery',
});
