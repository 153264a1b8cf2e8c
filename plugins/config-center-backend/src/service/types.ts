import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ConfigHistory,
  ConfigMaps,
  ConfigPrefixes,
  ConfigReaders,
  ConfigTree,
  ConfigValue,
  PrefixCheck,
} from '@orrery/backstage-plugin-config-center-common';

/** What is told of the history: of a prefix, or of one key. */
export type HistoryQuery = {
  service: string;
  key?: string;
  /** The cursor of the page before. */
  before?: string;
  limit: number;
};

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
  configMaps(service: string): Promise<ConfigMaps>;
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
  follow(
    service: string,
    viewer: TreeViewer,
    credentials: BackstageCredentials,
  ): Promise<() => void>;
}
