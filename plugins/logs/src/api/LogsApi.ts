import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  LogCollectionsResponse,
  LogContextResponse,
  LogDelta,
  LogFieldsResponse,
  LogFieldValuesResponse,
  LogHistogramResponse,
  LogLinkResponse,
  LogPodTargets,
  LogQueryLanguage,
  LogSearchResponse,
  LogStoresResponse,
} from '@orrery/backstage-plugin-logs-common';

/** What is looked for in a store. @public */
export type LogRequest = {
  cluster: string;
  /** None mean all that the viewer may read. */
  namespaces: readonly string[];
  app?: string;
  version?: string;
  pod?: string;
  container?: string;
  traceId?: string;
  from: string;
  to: string;
  query: string;
  language: LogQueryLanguage;
  levels: readonly string[];
};

/** Which containers' lines. @public */
export type PodLogRequest = {
  cluster: string;
  namespace: string;
  app?: string;
  pods?: readonly string[];
  containers?: readonly string[];
  previous?: boolean;
  since?: string;
  tailLines?: number;
};

/** What is told while lines are followed. @public */
export type LogListener = {
  onDelta: (delta: LogDelta) => void;
  /** The line broke; it is tried again unless `final`. */
  onProblem: (error: Error, final: boolean) => void;
};

/** @public */
export type DownloadFormat = 'ndjson' | 'text';

/**
 * Lines of stores and of pods.
 *
 * @public
 */
export interface LogsApi {
  stores(): Promise<LogStoresResponse>;
  search(
    request: LogRequest,
    page: { limit: number; cursor?: string },
  ): Promise<LogSearchResponse>;
  histogram(
    request: LogRequest,
    options: { buckets: number; isCompared: boolean },
  ): Promise<LogHistogramResponse>;
  fields(
    scope: Pick<LogRequest, 'cluster' | 'namespaces' | 'app'>,
  ): Promise<LogFieldsResponse>;
  values(request: LogRequest, field: string): Promise<LogFieldValuesResponse>;
  context(
    scope: Pick<LogRequest, 'cluster' | 'namespaces' | 'app'>,
    id: string,
    around: { before: number; after: number },
  ): Promise<LogContextResponse>;
  link(request: LogRequest): Promise<LogLinkResponse>;
  /** The file, as it comes. */
  download(request: LogRequest, format: DownloadFormat): Promise<Response>;
  /** Tells of lines as they are stored, until the signal aborts. */
  follow(
    request: LogRequest,
    listener: LogListener,
    signal: AbortSignal,
  ): Promise<void>;
  /** What of a service's logs is collected. */
  collection(scope: {
    cluster: string;
    namespace: string;
    app: string;
  }): Promise<LogCollectionsResponse>;
  targets(
    scope: Pick<PodLogRequest, 'cluster' | 'namespace' | 'app'>,
  ): Promise<LogPodTargets>;
  /** Tells of lines as containers write them, until the signal aborts. */
  followPods(
    request: PodLogRequest,
    listener: LogListener,
    signal: AbortSignal,
  ): Promise<void>;
}

/** @public */
export const logsApiRef = createApiRef<LogsApi>().with({
  id: 'plugin.logs.api',
  pluginId: 'logs',
});
