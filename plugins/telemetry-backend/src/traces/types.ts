import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AssembledTrace,
  DependenciesResponse,
  TraceQuery,
  TraceResponse,
  TraceServicesResponse,
  TracesResponse,
  TraceTagValuesResponse,
  TracedLink,
  MeshLink,
} from '@orrery/backstage-plugin-telemetry-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';

/** Where one cluster's traces are asked about. */
export type TraceRange = {
  cluster: string;
  fromMilliseconds: number;
  toMilliseconds: number;
};

/** What the stores have, whoever asks. */
export interface SharedTracesService {
  search(query: TraceQuery): Promise<{
    traces: AssembledTrace[];
    isCut: boolean;
    source: SourceStatus;
  }>;
  /** @throws NotFoundError */
  trace(cluster: string, traceId: string): Promise<AssembledTrace>;
  names(
    cluster: string,
    service: string | undefined,
  ): Promise<{
    services: string[];
    spanNames: string[];
    tagKeys: string[];
    source: SourceStatus;
  }>;
  tagValues(
    cluster: string,
    key: string,
  ): Promise<{ values: string[]; source: SourceStatus }>;
  links(range: TraceRange): Promise<{
    traced: TracedLink[];
    mesh: MeshLink[];
    sources: SourceStatus[];
  }>;
}

/** What a caller may know of traces. */
export interface TracesService {
  search(
    query: TraceQuery,
    credentials: BackstageCredentials,
  ): Promise<TracesResponse>;
  trace(
    cluster: string,
    traceId: string,
    credentials: BackstageCredentials,
  ): Promise<TraceResponse>;
  names(
    cluster: string,
    service: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<TraceServicesResponse>;
  tagValues(
    cluster: string,
    key: string,
    credentials: BackstageCredentials,
  ): Promise<TraceTagValuesResponse>;
  dependencies(
    range: TraceRange & { namespaces: readonly string[] },
    credentials: BackstageCredentials,
  ): Promise<DependenciesResponse>;
}
