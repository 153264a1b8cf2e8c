import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  configKeyReadPermission,
  configSecretReadPermission,
  configTokenWritePermission,
} from '@orrery/backstage-plugin-config-center-common';
import type { TargetSight } from '../sight/TargetSight';
import type { ConfigService, SharedConfigService } from './types';

/** Answers each caller with what they may see. */
export class AuthorizedConfigService implements ConfigService {
  readonly #service: SharedConfigService;
  readonly #sight: TargetSight;

  constructor(service: SharedConfigService, sight: TargetSight) {
    this.#service = service;
    this.#sight = sight;
  }

  prefixes: ConfigService['prefixes'] = async (cluster, credentials) => {
    const list = await this.#service.prefixes(cluster);
    const prefixes = await this.#sight.filter(
      configKeyReadPermission,
      list.prefixes,
      ({ service }) => service,
      credentials,
    );
    return { ...list, prefixes: [...prefixes] };
  };

  check: ConfigService['check'] = async (service, credentials) => {
    await this.#requireRead(service, credentials);
    return this.#service.check(service);
  };

  tree: ConfigService['tree'] = async (service, withValues, credentials) => {
    await this.#requireRead(service, credentials);
    return this.#service.tree(service, withValues);
  };

  value: ConfigService['value'] = async (service, key, credentials) => {
    await this.#requireRead(service, credentials);
    return this.#service.value(service, key, false);
  };

  reveal: ConfigService['reveal'] = async (service, key, credentials) => {
    await this.#requireRead(service, credentials);
    await this.#sight.require(configSecretReadPermission, service, credentials);
    return this.#service.value(service, key, true);
  };

  history: ConfigService['history'] = async (query, credentials) => {
    await this.#requireRead(query.service, credentials);
    return this.#service.history(query);
  };

  readers: ConfigService['readers'] = async (service, credentials) => {
    await this.#requireRead(service, credentials);
    return this.#service.readers(service);
  };

  configMaps: ConfigService['configMaps'] = async (service, credentials) => {
    await this.#requireRead(service, credentials);
    const answer = await this.#service.configMaps(service);
    // A ConfigMap may belong to others than the workload that uses it.
    const configMaps = await this.#sight.filter(
      configKeyReadPermission,
      answer.configMaps,
      ({ ref }) => ref,
      credentials,
    );
    return { ...answer, configMaps: [...configMaps] };
  };

  token: ConfigService['token'] = async (service, credentials) => {
    await this.#requireRead(service, credentials);
    await this.#sight.require(configTokenWritePermission, service, credentials);
    return this.#service.token(service);
  };

  mapHistory: ConfigService['mapHistory'] = async (query, credentials) => {
    await this.#requireRead(query.configMap, credentials);
    return this.#service.mapHistory(query);
  };

  follow: ConfigService['follow'] = async (service, viewer, credentials) => {
    await this.#requireRead(service, credentials);
    return this.#service.follow(service, viewer);
  };

  #requireRead(
    service: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    return this.#sight.require(configKeyReadPermission, service, credentials);
  }
}
