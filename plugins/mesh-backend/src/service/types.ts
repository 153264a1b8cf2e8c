import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  GraphType,
  MeshGraph,
  NodeDetails,
  ServiceSummaries,
  TrafficHistory,
} from '@orrery/backstage-plugin-mesh-common';

/** Which graph is wanted. */
export type GraphQuery = {
  /** Absent means the first configured cluster. */
  cluster?: string;
  /** None mean all. */
  namespaces: readonly string[];
  graphType: GraphType;
  windowSeconds: number;
  /** A past moment in milliseconds since the Unix epoch; absent means now. */
  atMilliseconds?: number;
};

/** Which history is wanted: of a node's inbound traffic, or of an edge. */
export type HistoryQuery = GraphQuery & {
  target: string;
  source?: string;
  /** Length of the history in seconds. */
  rangeSeconds: number;
};

/** What the mesh plugin answers. */
export interface MeshService {
  graph(
    query: GraphQuery,
    credentials: BackstageCredentials,
  ): Promise<MeshGraph>;
  node(
    id: string,
    query: GraphQuery,
    credentials: BackstageCredentials,
  ): Promise<NodeDetails>;
  history(
    query: HistoryQuery,
    credentials: BackstageCredentials,
  ): Promise<TrafficHistory>;
  summaries(
    query: Omit<GraphQuery, 'graphType'>,
    credentials: BackstageCredentials,
  ): Promise<ServiceSummaries>;
}
