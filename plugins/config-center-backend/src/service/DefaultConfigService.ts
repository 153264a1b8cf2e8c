import { NotFoundError } from '@backstage/errors';
import {
  maskSecrets,
  type ConfigMaps,
  type ConfigReaders,
} from '@orrery/backstage-plugin-config-center-common';
import {
  formatRef,
  type Provenance,
} from '@orrery/backstage-plugin-orrery-common';
import {
  parseTarget,
  RESOURCE_TYPES,
  type ClusterClient,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { ConfigMapHistory } from '../configMaps/ConfigMapHistory';
import { configMapUse } from '../configMaps/configMapUse';
import { describeConfigMap } from '../configMaps/describeConfigMap';
import type { HistoryObserver } from '../history/HistoryObserver';
import { describeChange } from '../history/describeChange';
import { cursorOf, type HistoryStore } from '../history/HistoryStore';
import { describeEntry, describeTree, schemaOf } from '../keys/describeTree';
import type { KeyPlace, KeyPlaces } from '../keys/KeyPlaces';
import { readersOf } from '../readers/readersOf';
import { workloadsOf } from '../readers/workloadsOf';
import type { ConsulClient, ConsulListing } from '../sources/ConsulClient';
import { describeToken } from '../tokens/describeToken';
import type { ServiceTokens } from '../tokens/ServiceTokens';
import type { PrefixWatches } from '../watch/PrefixWatches';
import type { HistoryPage, SharedConfigService } from './types';

/** What the service is made of. */
export type ConfigServiceOptions = {
  consul: ConsulClient;
  publicUrl: string | undefined;
  places: KeyPlaces;
  watches: PrefixWatches;
  history: HistoryStore;
  observer: HistoryObserver;
  mapHistory: ConfigMapHistory;
  tokens: ServiceTokens;
  config: OrreryConfig;
  client: ClusterClient;
  now?: () => Date;
};

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
    const { prefix } = this.#options.places.of(query.service);
    return this.#changes(prefix, query, this.#provenance('history'));
  };

  mapHistory: SharedConfigService['mapHistory'] = async query => {
    const { mapHistory, config } = this.#options;
    const ref = query.configMap;
    const place = parseTarget('configMap', ref, {
      kinds: ['ConfigMap'],
      config,
    });
    const provenance = this.#provenance('history');
    try {
      await mapHistory.look({ ...place, ref });
    } catch (error) {
      // What is known is told all the same.
      provenance.sources.push({
        name: `${place.cluster}/kubernetes`,
        state: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      });
    }
    return this.#changes(ref, query, provenance);
  };

  async #changes(prefix: string, page: HistoryPage, provenance: Provenance) {
    const found = await this.#options.history.list({ ...page, prefix });
    const last = found.length === page.limit ? found.at(-1) : undefined;
    return {
      changes: found.map(describeChange),
      ...(last && { next: cursorOf(last) }),
      provenance,
    };
  }

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

  token: SharedConfigService['token'] = service => {
    const { tokens, places } = this.#options;
    return describeToken(tokens, places.of(service));
  };

  configMaps: SharedConfigService['configMaps'] = async service => {
    const { client, places, mapHistory } = this.#options;
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
    const own = items.filter(({ metadata }) => used.has(metadata.name));
    await Promise.all(
      own.map(object => {
        const { name } = object.metadata;
        const place = { cluster, namespace, kind: 'ConfigMap', name };
        const ref = formatRef({ ...place, type: 'workload' });
        return (
          mapHistory
            .observe({ ...place, ref }, object)
            // Who looks must not wait for the history.
            .catch(() => undefined)
        );
      }),
    );
    const answer: ConfigMaps = {
      configMaps: own.map(object =>
        describeConfigMap(cluster, object, workloads),
      ),
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

  #provenance(name = 'consul'): Provenance {
    return {
      sources: [{ name, state: 'ok', asOf: this.#now().toISOString() }],
      warnings: [],
    };
  }
}
