import { NotFoundError } from '@backstage/errors';
import {
  maskChange,
  maskSecrets,
  type ConfigChange,
  type ConfigMaps,
  type ConfigReaders,
} from '@orrery/backstage-plugin-config-center-common';
import type { ClusterClient } from '@orrery/backstage-plugin-orrery-node';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import { configMapUse } from '../configMaps/configMapUse';
import { describeConfigMap } from '../configMaps/describeConfigMap';
import type { HistoryObserver } from '../history/HistoryObserver';
import {
  cursorOf,
  type HistoryStore,
  type StoredChange,
} from '../history/HistoryStore';
import { describeEntry, describeTree, schemaOf } from '../keys/describeTree';
import type { KeyPlace, KeyPlaces } from '../keys/KeyPlaces';
import { readersOf } from '../readers/readersOf';
import { workloadsOf } from '../readers/workloadsOf';
import type { ConsulClient, ConsulListing } from '../sources/ConsulClient';
import type { PrefixWatches } from '../watch/PrefixWatches';
import type { SharedConfigService } from './types';

/** What the service is made of. */
export type ConfigServiceOptions = {
  consul: ConsulClient;
  publicUrl: string | undefined;
  places: KeyPlaces;
  watches: PrefixWatches;
  history: HistoryStore;
  observer: HistoryObserver;
  client: ClusterClient;
  now?: () => Date;
};

function toChange(change: StoredChange): ConfigChange {
  const { key, before, after } = change;
  const masked = maskChange(key, before, after);
  return {
    id: change.id,
    key,
    change: change.change,
    at: change.at,
    by: change.by,
    modifyIndex: change.modifyIndex,
    ...(change.actor !== undefined && { actor: change.actor }),
    ...(change.reason !== undefined && { reason: change.reason }),
    ...(before !== undefined && { before: masked.before }),
    ...(after !== undefined && { after: masked.after }),
    isMasked: [before, after].some(
      text => text !== undefined && maskSecrets(key, text).isMasked,
    ),
  };
}

/** Reads keys, their history, and who reads them. */
export class DefaultConfigService implements SharedConfigService {
  readonly #options: ConfigServiceOptions;
  readonly #now: () => Date;

  constructor(options: ConfigServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  prefixes: SharedConfigService['prefixes'] = async cluster => {
    const { consul, places, publicUrl } = this.#options;
    places.requireCluster(cluster, 'cluster');
    const names = await consul.names(places.head, places.isOneSegment);
    return {
      prefixes: places
        .inKeys(names, cluster)
        .map(({ service, namespace, app, prefix }) => ({
          service,
          namespace,
          app,
          prefix,
        })),
      ...(publicUrl !== undefined && { publicUrl }),
      provenance: this.#provenance(),
    };
  };

  check: SharedConfigService['check'] = async service => {
    const { prefix } = this.#options.places.of(service);
    const names = await this.#options.consul.names(prefix, false);
    return {
      prefix,
      state: names.length === 0 ? 'free' : 'taken',
      keys: names.length,
    };
  };

  tree: SharedConfigService['tree'] = async (service, withValues) => {
    const place = this.#options.places.of(service);
    const { entries } = await this.#list(place);
    return describeTree(place, entries, this.#now().toISOString(), withValues);
  };

  value: SharedConfigService['value'] = async (service, key, isRevealed) => {
    const place = this.#options.places.of(service);
    const { entries } = await this.#options.consul.list(place.prefix);
    const entry = entries.find(each => each.key === `${place.prefix}${key}`);
    if (!entry) {
      throw new NotFoundError(`${service} has no key ${key}`);
    }
    const described = describeEntry(place, entry, schemaOf(place, entries));
    const { text } = entry;
    if (text === undefined) {
      return { entry: described, isMasked: false };
    }
    const masked = maskSecrets(key, text);
    return isRevealed
      ? { entry: described, text, isMasked: false }
      : { entry: described, ...masked };
  };

  history: SharedConfigService['history'] = async query => {
    const { places, history } = this.#options;
    const { prefix } = places.of(query.service);
    const found = await history.list({ ...query, prefix });
    const last = found.length === query.limit ? found.at(-1) : undefined;
    return {
      changes: found.map(toChange),
      ...(last && { next: cursorOf(last) }),
      provenance: {
        sources: [
          { name: 'history', state: 'ok', asOf: this.#now().toISOString() },
        ],
        warnings: [],
      },
    };
  };

  readers: SharedConfigService['readers'] = async service => {
    const place = this.#options.places.of(service);
    const answer: ConfigReaders = {
      readers: readersOf(
        await workloadsOf(this.#options.client, place.cluster, place.namespace),
        place,
      ),
      provenance: this.#provenance(`${place.cluster}/kubernetes`),
    };
    return answer;
  };

  configMaps: SharedConfigService['configMaps'] = async service => {
    const { client, places } = this.#options;
    const { cluster, namespace, app } = places.of(service);
    const [workloads, { items }] = await Promise.all([
      workloadsOf(client, cluster, namespace),
      client.list(cluster, RESOURCE_TYPES.configMaps, { namespace }),
    ]);
    const used = new Set(
      workloads
        .filter(({ labels }) => labels.app === app)
        .flatMap(workload => [...configMapUse(workload).keys()]),
    );
    const answer: ConfigMaps = {
      configMaps: items
        .filter(({ metadata }) => used.has(metadata.name))
        .map(object => describeConfigMap(cluster, object, workloads)),
      provenance: this.#provenance(`${cluster}/kubernetes`),
    };
    return answer;
  };

  follow: SharedConfigService['follow'] = (service, viewer) => {
    const place = this.#options.places.of(service);
    return this.#options.watches.follow(place, {
      onListing: ({ entries }) =>
        viewer.onTree(describeTree(place, entries, this.#now().toISOString())),
      onProblem: error => viewer.onProblem(error),
    });
  };

  async #list(place: KeyPlace): Promise<ConsulListing> {
    const { consul, observer } = this.#options;
    const list = () => consul.list(place.prefix);
    const listing = await list();
    await observer.observe(place.prefix, listing, list);
    return listing;
  }

  #provenance(name = 'consul') {
    return {
      sources: [
        { name, state: 'ok' as const, asOf: this.#now().toISOString() },
      ],
      warnings: [],
    };
  }
}
