import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ConfigHistory,
  ConfigMaps,
  ConfigPrefixes,
  ConfigReaders,
  ConfigToken,
  ConfigTree,
  ConfigValue,
} from '@orrery/backstage-plugin-config-center-common';

/** What is told while a prefix is followed. @public */
export type TreeListener = {
  onTree: (tree: ConfigTree) => void;
  /** The line broke; it is tried again unless `final`. */
  onProblem: (error: Error, final: boolean) => void;
};

/**
 * Configuration of services. A service is named by its ref,
 * `cluster/namespace/service/app`.
 *
 * @public
 */
export interface ConfigApi {
  /** Services of a cluster that have keys. */
  prefixes(cluster: string): Promise<ConfigPrefixes>;
  /** All keys, with their values where they are asked for. */
  tree(service: string, withValues: boolean): Promise<ConfigTree>;
  /** A value, its secrets masked. */
  value(service: string, key: string): Promise<ConfigValue>;
  /** A value with its secrets; the asking is audited. */
  reveal(service: string, key: string): Promise<ConfigValue>;
  /** Changes of a prefix or of one key, the newest first. */
  history(
    service: string,
    page: { key?: string; before?: string },
  ): Promise<ConfigHistory>;
  readers(service: string): Promise<ConfigReaders>;
  /** The token of a service, without itself. */
  token(service: string): Promise<ConfigToken>;
  configMaps(service: string): Promise<ConfigMaps>;
  /** Changes of a ConfigMap, by its ref, or of one key of it, the newest first. */
  mapHistory(
    configMap: string,
    page: { key?: string; before?: string },
  ): Promise<ConfigHistory>;
  /** Tells of all keys, now and after every change, until the signal aborts. */
  follow(
    service: string,
    listener: TreeListener,
    signal: AbortSignal,
  ): Promise<void>;
}

/** @public */
export const configApiRef = createApiRef<ConfigApi>().with({
  id: 'plugin.config-center.api',
  pluginId: 'config-center',
});
