import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  DeliveryNumbersList,
  ImageList,
  ReleaseDetails,
  ReleaseList,
  WorkloadList,
} from '@orrery/backstage-plugin-delivery-common';

/** Which releases; nothing means all. @public */
export type ReleaseRequest = {
  cluster?: string;
  namespaces?: readonly string[];
  app?: string;
  /** Ref of a workload. */
  workload?: string;
  /** Ref of the canary that walked them. */
  canary?: string;
  /** RFC 3339; only those that began earlier. */
  before?: string;
  /** At most 200. */
  limit?: number;
};

/** Over how many days, and whose numbers. @public */
export type NumbersRequest = {
  days: number;
  by: 'service' | 'team';
  cluster?: string;
  namespaces?: readonly string[];
};

/**
 * Releases, their numbers, and what a release could be made of.
 *
 * @public
 */
export interface ReleasesApi {
  /** The newest first. */
  releases(request?: ReleaseRequest): Promise<ReleaseList>;
  /** One release with the pod templates before and after. */
  release(id: string): Promise<ReleaseDetails>;
  numbers(request: NumbersRequest): Promise<DeliveryNumbersList>;
  /** Tags of the repository that a workload runs. */
  images(workload: string): Promise<ImageList>;
  /** Workloads, to know what can be released where. */
  workloads(
    request: Pick<ReleaseRequest, 'cluster' | 'namespaces' | 'app'>,
  ): Promise<WorkloadList>;
}

/** @public */
export const releasesApiRef = createApiRef<ReleasesApi>().with({
  id: 'plugin.delivery.releases',
  pluginId: 'delivery',
});
