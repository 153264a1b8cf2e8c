import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type {
  ClusterClient,
  PrometheusClient,
} from '@orrery/backstage-plugin-orrery-node';
import {
  BURN_WINDOWS,
  judgeLevel,
  readLevels,
  telemetryMetricsReadPermission,
  type ServiceLevelsResponse,
} from '@orrery/backstage-plugin-telemetry-common';
import type { EntityAnnotations } from '../catalog/EntityAnnotations';
import { serviceOfRef } from '../charts/ChartsService';
import type { TelemetrySight } from '../sight/TelemetrySight';
import { reasonOf } from '../sources/UpstreamError';
import { measureLevel } from './measureLevel';
import { readRuleLevels, type RuleLevel } from './readRuleLevels';

/** Service levels, or a decorator around them. */
export interface LevelsService {
  levels(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<ServiceLevelsResponse>;
}

/** Reads what levels a service declares, and how they stand. */
export class DefaultLevelsService implements LevelsService {
  readonly #annotations: EntityAnnotations;
  readonly #client: ClusterClient;
  readonly #prometheus: ReadonlyMap<string, PrometheusClient>;
  readonly #now: () => number;

  constructor(options: {
    annotations: EntityAnnotations;
    client: ClusterClient;
    prometheus: ReadonlyMap<string, PrometheusClient>;
    now?: () => number;
  }) {
    this.#annotations = options.annotations;
    this.#client = options.client;
    this.#prometheus = options.prometheus;
    this.#now = options.now ?? (() => Date.now());
  }

  levels: LevelsService['levels'] = async ref => {
    const service = serviceOfRef(ref);
    const { levels, problems } = readLevels(await this.#annotations.of(ref));
    const declared: (Parameters<typeof judgeLevel>[0] & Partial<RuleLevel>)[] =
      [...levels, ...(await readRuleLevels(this.#client, service))];
    const warnings = problems.map(message => ({
      code: 'bad-annotation',
      message,
      ref,
    }));
    const client = this.#prometheus.get(service.cluster);
    // To the minute, so that viewers share the store's own caches.
    const at = Math.floor(this.#now() / 60_000) * 60_000;
    let source: SourceStatus = client
      ? { name: 'prometheus', state: 'ok', asOf: new Date(at).toISOString() }
      : {
          name: 'prometheus',
          state: 'absent',
          reason: `No Prometheus is configured for cluster ${service.cluster}`,
        };
    const judged = await Promise.all(
      declared.map(async ({ badShareOf, ...level }) => {
        try {
          if (!client) {
            throw new Error(source.reason);
          }
          const facts = await measureLevel({
            client,
            service,
            level,
            badShareOf,
            at,
            windows: BURN_WINDOWS,
          });
          return judgeLevel(level, facts);
        } catch (error) {
          const reason = reasonOf(error);
          if (client) {
            source = { name: 'prometheus', state: 'failed', reason };
          }
          return judgeLevel(level, {
            badShares: {},
            badShare: undefined,
            coverage: undefined,
            reason,
          });
        }
      }),
    );
    return {
      levels: judged,
      provenance: { sources: declared.length > 0 ? [source] : [], warnings },
    };
  };
}

/** Answers those who may read a service's metrics. */
export class AuthorizedLevelsService implements LevelsService {
  readonly #service: LevelsService;
  readonly #sight: TelemetrySight;

  constructor(service: LevelsService, sight: TelemetrySight) {
    this.#service = service;
    this.#sight = sight;
  }

  levels: LevelsService['levels'] = async (ref, credentials) => {
    serviceOfRef(ref);
    await this.#sight.require(telemetryMetricsReadPermission, ref, credentials);
    return this.#service.levels(ref, credentials);
  };
}
