import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ControlPlanes,
  GraphType,
  MeshGraph,
  NodeDetails,
  ServiceSummaries,
  Sight,
  Timeline,
  TrafficHistory,
} from '@orrery/backstage-plugin-mesh-common';

/** What a graph may have besides its usual nodes and figures. */
export const INCLUDABLE = [
  'operations',
  'principals',
  'serviceNodes',
  'operationNodes',
  'waypoints',
] as const;

export type Includable = (typeof INCLUDABLE)[number];

/** Which graph is wanted. */
export type GraphQuery = {
  /** Absent means all configured clusters. */
  cluster?: string;
  /** None mean all. */
  namespaces: readonly string[];
  graphType: GraphType;
  windowSeconds: number;
  /** A past moment in milliseconds since the Unix epoch; absent means now. */
  atMilliseconds?: number;
  /** Sorted, without repeats. */
  include?: readonly Includable[];
};

/** Which history is wanted: of a node's inbound traffic, or of an edge. */
export type HistoryQuery = GraphQuery & {
  target: string;
  source?: string;
  /** Length of the history in seconds. */
  rangeSeconds: number;
};

/** Which part of the time line is wanted: up to the query's moment. */
export type TimelineQuery = Pick<
  GraphQuery,
  'cluster' | 'namespaces' | 'atMilliseconds'
> & { rangeSeconds: number };

/** What the mesh plugin answers, to whoever `Viewer` stands for. */
interface Answers<Viewer> {
  graph(query: GraphQuery, viewer: Viewer): Promise<MeshGraph>;
  node(id: string, query: GraphQuery, viewer: Viewer): Promise<NodeDetails>;
  history(query: HistoryQuery, viewer: Viewer): Promise<TrafficHistory>;
  timeline(query: TimelineQuery, viewer: Viewer): Promise<Timeline>;
  controlPlanes(
    query: Pick<GraphQuery, 'cluster'>,
    viewer: Viewer,
  ): Promise<ControlPlanes>;
  summaries(
    query: Omit<GraphQuery, 'graphType'>,
    viewer: Viewer,
  ): Promise<ServiceSummaries>;
}

/** The mesh for callers with credentials. */
export type MeshService = Answers<BackstageCredentials>;

/** The mesh for those whose sight is known; undefined sees everything. */
export type SharedMeshService = Answers<Sight | undefined>;
