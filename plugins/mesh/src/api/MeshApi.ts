import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ControlPlanes,
  GraphDelta,
  GraphType,
  MeshGraph,
  NodeDetails,
  ServiceSummaries,
  Timeline,
  TrafficHistory,
} from '@orrery/backstage-plugin-mesh-common';

/** Which graph is wanted. @public */
export type GraphRequest = {
  /** Absent means all configured clusters. */
  cluster?: string;
  /** None mean all. */
  namespaces: readonly string[];
  graphType: GraphType;
  /** Length of the window, such as `1m`. */
  duration: string;
  /** A past moment, RFC 3339; absent means live. */
  at?: string;
  /** What the graph has besides its usual nodes and figures. */
  include?: readonly string[];
};

/** What a live graph tells. @public */
export type GraphStreamListener = {
  onSnapshot(graph: MeshGraph): void;
  onDelta(delta: GraphDelta): void;
  /** The line is broken, or the server cannot build the graph; `final` means it is not tried again. */
  onProblem(error: Error, final: boolean): void;
};

/**
 * The mesh, as the backend knows it.
 *
 * @public
 */
export interface MeshApi {
  graph(request: GraphRequest): Promise<MeshGraph>;
  /** Follows a live graph until aborted. */
  follow(
    request: Omit<GraphRequest, 'at'>,
    listener: GraphStreamListener,
    signal: AbortSignal,
  ): Promise<void>;
  node(id: string, request: GraphRequest): Promise<NodeDetails>;
  /** Traffic into a node, or over the edge from `source`, as it changed. */
  history(
    request: GraphRequest & {
      target: string;
      source?: string;
      /** Length of the history, such as `30m`. */
      range: string;
    },
  ): Promise<TrafficHistory>;
  /** All traffic of the mesh as it changed, up to now. */
  timeline(request: {
    cluster?: string;
    namespaces: readonly string[];
    /** Length, such as `6h`. */
    range: string;
  }): Promise<Timeline>;
  /** The control plane of each cluster, or of one. */
  controlPlanes(request?: { cluster?: string }): Promise<ControlPlanes>;
  /** All apps in short. Callers at the same time share one request. */
  summaries(request?: { cluster?: string }): Promise<ServiceSummaries>;
}

/** @public */
export const meshApiRef = createApiRef<MeshApi>().with({
  id: 'plugin.mesh.api',
  pluginId: 'mesh',
});
