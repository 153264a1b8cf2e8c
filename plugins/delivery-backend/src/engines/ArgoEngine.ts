import { ConflictError } from '@backstage/errors';
import {
  analysisRunSchema,
  ARGO_ENGINE,
  readRollout,
  replicaSetSchema,
  rolloutPatches,
  rolloutSchema,
  type Canary,
  type CanaryEvent,
} from '@orrery/backstage-plugin-delivery-common';
import type {
  CanaryCommand,
  CanaryCommandPreview,
  CanaryEngine,
  EngineReading,
} from '@orrery/backstage-plugin-delivery-node';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { FIELD_MANAGER } from '../plans/fieldManager';
import { objectKey, ownerKey, type CachedObjects } from './CachedObjects';
import { locateObject } from './locateObject';
import { readObjectEvents } from './readObjectEvents';
import { rolloutUndo } from './rolloutUndo';
import { refuseChanged } from './versions';

/** Argo Rollouts, by its objects and the patches of its own command line. */
export class ArgoEngine implements CanaryEngine {
  readonly id = ARGO_ENGINE;
  readonly title = 'Argo Rollouts';
  readonly kind = 'Rollout';
  readonly #objects: CachedObjects;
  readonly #client: ClusterClient;
  readonly #now: () => Date;
  /** Parsed objects, for as long as the caches keep the same ones. */
  readonly #parsed = new WeakMap<KubernetesObject, unknown>();

  constructor(options: {
    objects: CachedObjects;
    client: ClusterClient;
    now?: () => Date;
  }) {
    this.#objects = options.objects;
    this.#client = options.client;
    this.#now = options.now ?? (() => new Date());
  }

  async read(cluster: string): Promise<EngineReading> {
    const { objects, status } = await this.#objects.list(
      cluster,
      RESOURCE_TYPES.rollouts,
    );
    if (objects.length === 0) {
      return { canaries: [], source: status };
    }
    const ofRollout = (object: KubernetesObject) => ownerKey(object, this.kind);
    const [sets, runs] = await Promise.all([
      this.#objects.index(
        cluster,
        RESOURCE_TYPES.replicaSets,
        'by rollout',
        ofRollout,
      ),
      this.#objects.index(
        cluster,
        RESOURCE_TYPES.analysisRuns,
        'by rollout',
        ofRollout,
      ),
    ]);
    const canaries = objects.flatMap((object): Canary[] => {
      const key = objectKey(object);
      const rollout = this.#parse(rolloutSchema, object);
      return rollout
        ? [
            readRollout({
              cluster,
              rollout,
              replicaSets: this.#parseAll(replicaSetSchema, sets.get(key)),
              analysisRuns: this.#parseAll(analysisRunSchema, runs.get(key)),
            }),
          ]
        : [];
    });
    return { canaries, source: status };
  }

  onChange(listener: () => void): () => void {
    return this.#objects.onChange(listener);
  }

  /** What the cluster itself tells about a Rollout, the newest first. */
  async events(ref: string): Promise<CanaryEvent[]> {
    const { cluster, key } = locateObject(ref);
    return readObjectEvents(this.#objects, cluster, this.kind, key);
  }

  async preview(command: CanaryCommand): Promise<CanaryCommandPreview> {
    const { cluster, key } = locateObject(command.canary.ref);
    const type = RESOURCE_TYPES.rollouts;
    const live = await this.#client.get(cluster, type, key);
    let after: KubernetesObject = live;
    for (const step of await this.#patches(command, live)) {
      after = await this.#client.patch(
        cluster,
        step.type ?? type,
        step.key ?? key,
        { type: 'merge', patch: step.patch },
        {
          dryRun: true,
          fieldManager: FIELD_MANAGER,
          subresource: step.subresource,
        },
      );
    }
    return {
      before: shown(live),
      after: shown(after),
      sentences:
        command.verb === 'promote-full'
          ? ['Steps and analyses that are left are skipped.']
          : [],
    };
  }

  async perform(
    command: CanaryCommand,
    context: { resourceVersion: string },
  ): Promise<string> {
    refuseChanged(command.canary, context.resourceVersion);
    const { cluster, key } = locateObject(command.canary.ref);
    const type = RESOURCE_TYPES.rollouts;
    const live = await this.#client.get(cluster, type, key);
    for (const step of await this.#patches(command, live)) {
      await this.#client.patch(
        cluster,
        step.type ?? type,
        step.key ?? key,
        { type: 'merge', patch: step.patch },
        { fieldManager: FIELD_MANAGER, subresource: step.subresource },
      );
    }
    return `Rollout ${key.name} accepted: ${command.verb}`;
  }

  async #patches({ verb, canary }: CanaryCommand, live: KubernetesObject) {
    if (verb === 'undo') {
      return rolloutUndo(this.#client, canary, live);
    }
    const patches = rolloutPatches(
      verb,
      rolloutSchema.parse(live),
      this.#now().toISOString(),
    );
    if (!patches || patches.length === 0) {
      throw new ConflictError(
        `Rollout ${live.metadata.name} cannot ${verb} in the state it is in: ${canary.reason}`,
      );
    }
    return patches.map(patch => ({
      ...patch,
      type: undefined,
      key: undefined,
    }));
  }

  #parse<T extends z.ZodType>(
    schema: T,
    object: KubernetesObject,
  ): z.infer<T> | undefined {
    if (!this.#parsed.has(object)) {
      this.#parsed.set(object, schema.safeParse(object).data);
    }
    return this.#parsed.get(object) as z.infer<T> | undefined;
  }

  #parseAll<T extends z.ZodType>(
    schema: T,
    objects: readonly KubernetesObject[] = [],
  ): z.infer<T>[] {
    return objects
      .map(object => this.#parse(schema, object))
      .filter(parsed => parsed !== undefined);
  }
}

/** What a person compares: what is wanted, and the parts of the status that commands change. */
function shown({ spec, status }: KubernetesObject): string {
  const of = (name: string) =>
    typeof status === 'object' && status !== null
      ? Reflect.get(status, name)
      : undefined;
  const { paused, restartAt, template } = (spec ?? {}) as Record<
    string,
    unknown
  >;
  return stringify({
    spec: { paused, restartAt, template },
    status: {
      abort: of('abort'),
      currentStepIndex: of('currentStepIndex'),
      pauseConditions: of('pauseConditions'),
      controllerPause: of('controllerPause'),
      promoteFull: of('promoteFull'),
    },
  });
}
