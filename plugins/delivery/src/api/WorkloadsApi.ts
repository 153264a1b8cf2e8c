import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ImageList,
  PodLog,
  PodLogDelta,
  WorkloadDetails,
  WorkloadGit,
  WorkloadList,
} from '@orrery/backstage-plugin-delivery-common';

/** Which workloads; nothing means all. @public */
export type WorkloadsRequest = {
  cluster?: string;
  namespaces?: readonly string[];
  app?: string;
};

/** Which log of a pod. @public */
export type PodLogRequest = {
  /** Not needed where the pod has one container. */
  container?: string;
  /** The log of the container before it was restarted. */
  previous?: boolean;
  /** At most 2,000. */
  tailLines?: number;
};

/** What is told of a log that is being followed. @public */
export type PodLogListener = {
  onLines: (delta: PodLogDelta) => void;
  /** The line broke; it is tried again unless `final`. */
  onProblem: (error: Error, final: boolean) => void;
};

/**
 * Workloads, their images and the logs of their pods.
 *
 * @public
 */
export interface WorkloadsApi {
  workloads(request?: WorkloadsRequest): Promise<WorkloadList>;
  /** @param ref - `cluster/namespace/Kind/name` */
  workload(ref: string): Promise<WorkloadDetails>;
  /** Where a workload's manifest is in Git, and what was proposed to it. */
  git(workload: string): Promise<WorkloadGit>;
  /** What the registry has for a workload's container, the newest first. */
  images(workload: string, container?: string): Promise<ImageList>;
  /** @param pod - `cluster/namespace/Pod/name` */
  podLog(pod: string, request?: PodLogRequest): Promise<PodLog>;
  /** Tells the last lines and then every new one, until the signal aborts. */
  followPodLog(
    pod: string,
    request: Omit<PodLogRequest, 'previous'>,
    listener: PodLogListener,
    signal: AbortSignal,
  ): Promise<void>;
}

/** @public */
export const workloadsApiRef = createApiRef<WorkloadsApi>().with({
  id: 'plugin.delivery.workloads',
  pluginId: 'delivery',
});
