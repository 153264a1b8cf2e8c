import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ActionPreview,
  ActionRunRequest,
  Activity,
  ActivityList,
  ScopeResponse,
} from '@orrery/backstage-plugin-orrery-common';

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
  }): Promise<ActivityList>;
  activity(id: string): Promise<Activity>;
  /** What an action of a plugin would do. */
  previewAction(
    pluginId: string,
    action: string,
    input: object,
  ): Promise<ActionPreview>;
  /** Does it. The row is running; follow it with {@link OrreryApi.activity}. */
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
