import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  LogDelta,
  LogLine,
  LogPodTargets,
  PodLogQuery,
} from '@orrery/backstage-plugin-logs-common';
import {
  InvalidValueError,
  parseDuration,
} from '@orrery/backstage-plugin-orrery-common';
import type {
  ClusterClient,
  OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { KnownApps } from './KnownApps';
import { followContainer } from './followContainer';
import type { LogAuthority } from './LogAuthority';
import { isInReach } from './LogReach';
import { readPodLine } from './readPodLine';
import { readPodTarget } from './readPodTarget';

/** Containers that one reader follows at most. */
export const MOST_CONTAINERS = 50;

const names = (text: string | undefined) =>
  (text ?? '').split(',').filter(name => name !== '');

/** Lines of containers, read from clusters without a store. */
export class PodLogs {
  readonly #client: ClusterClient;
  readonly #apps: KnownApps;
  readonly #authority: LogAuthority;
  readonly #config: Pick<OrreryConfig, 'clusters'>;

  constructor(options: {
    client: ClusterClient;
    apps: KnownApps;
    authority: LogAuthority;
    config: Pick<OrreryConfig, 'clusters'>;
  }) {
    this.#client = options.client;
    this.#apps = options.apps;
    this.#authority = options.authority;
    this.#config = options.config;
  }

  /** Pods of a namespace that the caller may follow. */
  async targets(
    query: { cluster: string; namespace: string; app?: string },
    credentials: BackstageCredentials,
  ): Promise<LogPodTargets> {
    const { cluster, namespace, app } = query;
    if (!this.#config.clusters.some(({ name }) => name === cluster)) {
      throw new InvalidValueError('cluster', 'a configured cluster', cluster);
    }
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace)) {
      throw new InvalidValueError(
        'namespace',
        'the name of a namespace',
        namespace,
      );
    }
    const reach = await this.#authority.reach(
      { cluster, namespaces: [namespace], app },
      credentials,
    );
    const { pods, status } = await this.#apps.pods(cluster);
    return {
      pods: pods
        .filter(pod => pod.metadata.namespace === namespace)
        .map(readPodTarget)
        .filter(
          pod =>
            isInReach(reach, { namespace, app: pod.app }) &&
            (app === undefined || pod.app === app),
        )
        .sort((left, right) => left.name.localeCompare(right.name)),
      provenance: { sources: [status], warnings: [] },
    };
  }

  /** The containers that a question means. */
  async #containers(query: PodLogQuery, credentials: BackstageCredentials) {
    const { pods } = await this.targets(query, credentials);
    const wantedPods = names(query.pods);
    const wanted = names(query.containers);
    const found = pods
      .filter(pod => wantedPods.length === 0 || wantedPods.includes(pod.name))
      .flatMap(pod =>
        pod.containers
          .filter(({ name, kind }) =>
            wanted.length === 0 ? kind === 'app' : wanted.includes(name),
          )
          .map(({ name }) => ({ pod, container: name })),
      );
    if (found.length > MOST_CONTAINERS) {
      throw new InvalidValueError(
        'pods',
        `up to ${MOST_CONTAINERS} containers; name an app or pods`,
        found.length,
      );
    }
    return found;
  }

  #options(query: PodLogQuery) {
    return {
      tailLines: query.tailLines,
      previous: query.previous,
      ...(query.since && {
        sinceSeconds: parseDuration(query.since, 'since'),
      }),
    };
  }

  /** The last lines of containers, merged by time. */
  async read(
    query: PodLogQuery,
    credentials: BackstageCredentials,
  ): Promise<LogDelta> {
    const options = this.#options(query);
    const containers = await this.#containers(query, credentials);
    const states: NonNullable<LogDelta['states']> = [];
    const read = await Promise.all(
      containers.map(async ({ pod, container }) => {
        const lines: LogLine[] = [];
        const of = { ...query, pod, container };
        try {
          const log = this.#client.podLog(
            query.cluster,
            { namespace: query.namespace, name: pod.name },
            { container, ...options },
          );
          for await (const text of log) {
            const line = readPodLine(text, of, lines.length);
            if (line) {
              lines.push(line);
            }
          }
        } catch (error) {
          states.push({
            pod: pod.name,
            container,
            state: 'refused',
            reason: error instanceof Error ? error.message : String(error),
          });
        }
        return lines;
      }),
    );
    const lines = read
      .flat()
      .sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
    return {
      lines,
      skipped: 0,
      ...(states.length > 0 && { states }),
    };
  }

  /**
   * Follows containers until the signal aborts.
   *
   * @returns when all that was asked is checked; lines come afterwards
   */
  async follow(
    query: PodLogQuery,
    credentials: BackstageCredentials,
    listener: {
      onLines: (lines: LogLine[]) => void;
      onStates: (states: NonNullable<LogDelta['states']>) => void;
    },
  ): Promise<(signal: AbortSignal) => void> {
    const options = this.#options(query);
    const containers = await this.#containers(query, credentials);
    const { cluster, namespace } = query;
    return signal => {
      for (const { pod, container } of containers) {
        let index = 0;
        followContainer({
          open: more =>
            this.#client.podLog(
              cluster,
              { namespace, name: pod.name },
              { container, ...options, ...more },
            ),
          isPrevious: query.previous,
          signal,
          onLine: text => {
            index += 1;
            const line = readPodLine(
              text,
              { cluster, namespace, pod, container },
              index,
            );
            if (line) {
              listener.onLines([line]);
            }
          },
          onState: (state, reason) =>
            listener.onStates([
              { pod: pod.name, container, state, ...(reason && { reason }) },
            ]),
        });
      }
    };
  }
}
