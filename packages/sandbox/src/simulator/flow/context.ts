import type { ExternalHost } from '../../world/types';
import type { LiveCluster } from '../live/cluster';
import type { LiveWorkload } from '../live/model';
import type { FlowRegistry } from '../telemetry/registry';
import type { Effects } from './effects';
import type { ServerResponse } from './server';

/** Something that answers requests. */
export interface Server {
  response: ServerResponse;
  /** Takes requests per second in this tick. */
  receive(requestsPerSecond: number): void;
}

/** Another cluster of the mesh, on the same network. */
export interface RemoteCluster {
  /** Name in the metrics' labels. */
  name: string;
  cluster: LiveCluster;
  registry: FlowRegistry;
  server(workload: LiveWorkload): Server;
}

/** What the parts of the flow share. */
export interface FlowContext {
  cluster: LiveCluster;
  registry: FlowRegistry;
  effects: Effects;
  /** Name of the cluster in the metrics' labels. */
  clusterName: string;
  externals: ReadonlyMap<string, ExternalHost>;
  /** Clusters whose services answer where this one has no endpoints. */
  peers: readonly RemoteCluster[];
  server(workload: LiveWorkload): Server;
  externalServer(host: string): Server | undefined;
}

/** What a tick does with the flows that it computes. */
export type Recording =
  | { kind: 'none' }
  /** Note rates (per second at the day's mean) as an epoch of the past. */
  | { kind: 'measure'; epoch: number }
  /** Count what happened. */
  | { kind: 'count'; seconds: number; now: number; shape: number };
