import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  CanaryAnswer,
  CanaryComparison,
  CanaryHistory,
  CanaryList,
  CanaryLogs,
  CanaryStarts,
} from '@orrery/backstage-plugin-delivery-common';

/** Which canaries; nothing means all. @public */
export type CanaryRequest = {
  cluster?: string;
  namespaces?: readonly string[];
  app?: string;
};

/** What is told of a canary that is being followed. @public */
export type CanaryListener = {
  onCanary: (answer: CanaryAnswer) => void;
  /** The line broke; it is tried again unless `final`. */
  onProblem: (error: Error, final: boolean) => void;
};

/**
 * Canaries, for every page of the plugin.
 *
 * @public
 */
export interface DeliveryApi {
  canaries(request?: CanaryRequest): Promise<CanaryList>;
  canary(ref: string): Promise<CanaryAnswer>;
  /** Whether a canary of our own could be started beside these Deployments. */
  canaryStarts(workloads: readonly string[]): Promise<CanaryStarts>;
  /** Tells of a canary and of its every change, until the signal aborts. */
  followCanary(
    ref: string,
    listener: CanaryListener,
    signal: AbortSignal,
  ): Promise<void>;
  /** Stable against canary over the last `duration`, such as `10m`. */
  comparison(ref: string, duration: string): Promise<CanaryComparison>;
  /** Both versions over time; instants are RFC 3339. */
  history(ref: string, from: string, to: string): Promise<CanaryHistory>;
  /** The last lines of one version's pods. */
  canaryLogs(
    ref: string,
    side: 'stable' | 'canary',
    tailLines: number,
  ): Promise<CanaryLogs>;
}

/** @public */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.api',
  pluginId: 'delivery',
});
