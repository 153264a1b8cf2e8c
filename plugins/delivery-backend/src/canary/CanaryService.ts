import { InputError, NotFoundError } from '@backstage/errors';
import {
  canarySummarySchema,
  type Canary,
  type CanaryAnswer,
  type CanaryList,
  type CanarySummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { CanaryEngine } from '@orrery/backstage-plugin-delivery-node';
import {
  environmentOf,
  parseRef,
  type SourceStatus,
} from '@orrery/backstage-plugin-orrery-common';
import type {
  OrreryConfig,
  TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import { decisionVersion } from '../engines/versions';
import type { ObservedWeights } from '../telemetry/ObservedWeights';
import type { CanaryEventStore } from './CanaryEventStore';

/** Which canaries; nothing means all. */
export type CanaryQuery = {
  cluster?: string;
  namespaces: readonly string[];
  app?: string;
};

const SUMMARY_FIELDS = Object.keys(
  canarySummarySchema.shape,
) as (keyof CanarySummary)[];

/** An engine may know events of its own. */
export type EngineWithEvents = CanaryEngine & {
  events?: (ref: string) => Promise<Canary['events']>;
};

/** Canaries of all engines in all clusters. */
export class CanaryService {
  readonly #engines: readonly EngineWithEvents[];
  readonly #config: OrreryConfig;
  readonly #weights: ObservedWeights;
  readonly #events: CanaryEventStore;
  readonly #authority: TargetAuthority;

  constructor(options: {
    engines: readonly EngineWithEvents[];
    config: OrreryConfig;
    weights: ObservedWeights;
    events: CanaryEventStore;
    authority: TargetAuthority;
  }) {
    this.#engines = options.engines;
    this.#config = options.config;
    this.#weights = options.weights;
    this.#events = options.events;
    this.#authority = options.authority;
  }

  get engines(): readonly CanaryEngine[] {
    return this.#engines;
  }

  /** Never fails: an engine that cannot be read is listed with its reason. */
  async list(query: CanaryQuery): Promise<CanaryList> {
    const clusters = this.#config.clusters
      .map(({ name }) => name)
      .filter(name => !query.cluster || name === query.cluster);
    const parts = await Promise.all(
      clusters.map(async cluster => {
        const readings = await Promise.all(
          this.#engines.map(async engine => ({
            engine,
            reading: await engine.read(cluster),
          })),
        );
        const canaries = readings
          .flatMap(({ reading }) => reading.canaries)
          .filter(canary => isWanted(canary, query));
        const weights = await this.#weights.observe(cluster, canaries);
        return {
          canaries: await Promise.all(
            canaries.map(async canary =>
              summaryOf({
                ...(await this.#placed(canary)),
                weights: weights.get(canary.ref) ?? canary.weights,
              }),
            ),
          ),
          engines: readings.map(({ engine, reading }) => ({
            id: engine.id,
            title: engine.title,
            cluster,
            source: reading.source,
          })),
        };
      }),
    );
    const engines = parts.flatMap(part => part.engines);
    return {
      canaries: parts.flatMap(part => part.canaries),
      engines,
      // An engine that is not installed is no problem of its answer.
      sources: engines
        .map(({ source }) => source)
        .filter(({ state }) => state !== 'absent'),
      warnings: [],
    };
  }

  /** @throws NotFoundError where there is none (any more) */
  async get(ref: string): Promise<CanaryAnswer> {
    const { canary, source } = await this.find(ref);
    const { cluster } = parseRef(ref);
    const [weights, own, theirs] = await Promise.all([
      this.#weights.observe(cluster, [canary]),
      this.#events.list(ref),
      this.#engineOf(ref).events?.(ref) ?? [],
    ]);
    return {
      canary: {
        ...(await this.#placed(canary)),
        weights: weights.get(ref) ?? canary.weights,
        events: [...own, ...theirs, ...canary.events].sort((left, right) =>
          right.at.localeCompare(left.at),
        ),
        resourceVersion: decisionVersion(canary),
      },
      sources: [source],
      warnings: [],
    };
  }

  /** The canary as its engine knows it now, without telemetry and events. */
  async find(ref: string): Promise<{
    canary: Canary;
    engine: CanaryEngine;
    source: SourceStatus;
  }> {
    const { cluster } = parseRef(ref);
    const engine = this.#engineOf(ref);
    const { canaries, source } = await engine.read(cluster);
    const canary = canaries.find(candidate => candidate.ref === ref);
    if (!canary) {
      const why =
        source.state === 'ok'
          ? ''
          : `: ${engine.title} in ${cluster} is ${source.state}${
              source.reason ? ` (${source.reason})` : ''
            }`;
      throw new NotFoundError(`No canary ${ref}${why}`);
    }
    return { canary, engine, source };
  }

  /**
   * A sentence about a canary that is under way on a workload, for those who
   * are about to change it.
   */
  async sentenceAbout(workload: string): Promise<string | undefined> {
    const { cluster } = parseRef(workload);
    const readings = await Promise.all(
      this.#engines.map(engine => engine.read(cluster)),
    );
    const canary = readings
      .flatMap(({ canaries }) => canaries)
      .find(
        ({ stable, canary: other }) =>
          other &&
          (stable.workload === workload || other.workload === workload),
      );
    return canary
      ? `A canary of ${canary.app} is under way: ${
          canary.canaryVersion
        } beside ${canary.stableVersion} (${canary.phase.toLocaleLowerCase(
          'en-US',
        )}, ${canary.engineTitle}).`
      : undefined;
  }

  onChange(listener: () => void): () => void {
    const stops = this.#engines.map(engine => engine.onChange(listener));
    return () => stops.forEach(stop => stop());
  }

  #engineOf(ref: string): EngineWithEvents {
    const parsed = parseRef(ref);
    const kind = parsed.type === 'workload' ? parsed.kind : parsed.type;
    const engine = this.#engines.find(candidate => candidate.kind === kind);
    if (!engine) {
      throw new InputError(
        `canary: expected a ref of a ${this.#engines
          .map(candidate => candidate.kind)
          .join(', ')}, got ${JSON.stringify(ref)}`,
      );
    }
    return engine;
  }

  async #placed<T extends Canary>(canary: T): Promise<T> {
    const { cluster, namespace } = parseRef(canary.ref);
    const { name: environment } = environmentOf(
      this.#config.environments,
      cluster,
      namespace,
    );
    try {
      const { owners } = await this.#authority.resolve(canary.ref);
      return { ...canary, environment, owners };
    } catch {
      // Without the catalog owners are not known, which is not nobody.
      return { ...canary, environment };
    }
  }
}

function isWanted(canary: Canary, { namespaces, app }: CanaryQuery): boolean {
  const { namespace } = parseRef(canary.ref);
  return (
    (namespaces.length === 0 || namespaces.includes(namespace)) &&
    (app === undefined || canary.app === app)
  );
}

function summaryOf(canary: Canary): CanarySummary {
  return Object.fromEntries(
    SUMMARY_FIELDS.map(field => [field, canary[field]]),
  ) as CanarySummary;
}
