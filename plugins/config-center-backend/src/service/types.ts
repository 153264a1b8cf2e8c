import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ConfigHistory,
  ConfigMaps,
  ConfigPrefixes,
  ConfigReaders,
  ConfigToken,
  ConfigTree,
  ConfigValue,
  PrefixCheck,
} from '@orrery/backstage-plugin-config-center-common';

/** Which changes are asked for. */
export type HistoryPage = {
  /** All keys where absent. */
  key?: string;
  /** The cursor of the page before. */
  before?: string;
  limit: number;
};

/** What is told of the history of a prefix. */
export type HistoryQuery = HistoryPage & { service: string };

/** What is told of the history of a ConfigMap, by its ref. */
export type MapHistoryQuery = HistoryPage & { configMap: string };

/** Told of a prefix and its changes. */
export type TreeViewer = {
  onTree(tree: ConfigTree): void;
  onProblem(error: Error): void;
};

/** Configuration without regard of who asks. */
export interface SharedConfigService {
  prefixes(cluster: string): Promise<ConfigPrefixes>;
  check(service: string): Promise<PrefixCheck>;
  tree(service: string, withValues: boolean): Promise<ConfigTree>;
  value(
    service: string,
    key: string,
    isRevealed: boolean,
  ): Promise<ConfigValue>;
  history(query: HistoryQuery): Promise<ConfigHistory>;
  readers(service: string): Promise<ConfigReaders>;
  token(service: string): Promise<ConfigToken>;
  configMaps(service: string): Promise<ConfigMaps>;
  mapHistory(query: MapHistoryQuery): Promise<ConfigHistory>;
  /** @returns the way to stop */
  follow(service: string, viewer: TreeViewer): () => void;
}

/** Configuration as far as the caller may see it. */
export interface ConfigService {
  prefixes(
    cluster: string,
    credentials: BackstageCredentials,
  ): Promise<ConfigPrefixes>;
  check(
    service: string,
    credentials: BackstageCredentials,
  ): Promise<PrefixCheck>;
  tree(
    service: string,
    withValues: boolean,
    credentials: BackstageCredentials,
  ): Promise<ConfigTree>;
  value(
    service: string,
    key: string,
    credentials: BackstageCredentials,
  ): Promise<ConfigValue>;
  /** The value with its secrets. */
  reveal(
    service: string,
    key: string,
    credentials: BackstageCredentials,
  ): Promise<ConfigValue>;
  history(
    query: HistoryQuery,
    credentials: BackstageCredentials,
  ): Promise<ConfigHistory>;
  readers(
    service: string,
    credentials: BackstageCredentials,
  ): Promise<ConfigReaders>;
  configMaps(
    service: string,
    credentials: BackstageCredentials,
  ): Promise<ConfigMaps>;
  /** For those who may make one. */
  token(
    service: string,
    credentials: BackstageCredentials,
  ): Promise<ConfigToken>;
  mapHistory(
    query: MapHistoryQuery,
    credentials: BackstageCredentials,
  ): Promise<ConfigHistory>;
  follow(
    service: string,
    viewer: TreeViewer,
    credentials: BackstageCredentials,
  ): Promise<() => void>;
}
