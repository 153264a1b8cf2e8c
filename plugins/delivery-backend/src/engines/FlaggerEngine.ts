import { ConflictError } from '@backstage/errors';
import {
  canaryObjectSchema,
  FLAGGER_ENGINE,
  readFlaggerCanary,
  waitingGate,
  type Canary,
  type CanaryEvent,
  type CanaryObject,
  type FlaggerGate,
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
import type { GateStore } from '../hooks/GateStore';
import { FIELD_MANAGER } from '../plans/fieldManager';
import { objectKey, type CachedObjects } from './CachedObjects';
import { flaggerChange, type FlaggerChange } from './flaggerChange';
import { flaggerWorkload, portalGates } from './flaggerParts';
import { locateObject } from './locateObject';
import { readObjectEvents } from './readObjectEvents';
import { refuseChanged } from './versions';

/** Gates are read from the database at most so often. */
const GATES_MILLISECONDS = 1000;

/**
 * Flagger, which has no commands: its gates are answered by our hooks, the
 * rest is its own spec and the template that it watches.
 */
export class FlaggerEngine implements CanaryEngine {
  readonly id = FLAGGER_ENGINE;
  readonly title = 'Flagger';
  readonly kind = 'Canary';
  readonly #objects: CachedObjects;
  readonly #client: ClusterClient;
  readonly #gates: GateStore;
  readonly #now: () => Date;
  readonly #parsed = new WeakMap<KubernetesObject, CanaryObject | undefined>();
  readonly #listeners = new Set<() => void>();
  #known: { at: number; gates: Promise<Map<string, FlaggerGate[]>> } = {
    at: -Infinity,
    gates: Promise.resolve(new Map()),
  };

  constructor(options: {
    objects: CachedObjects;
    client: ClusterClient;
    gates: GateStore;
    now?: () => Date;
  }) {
    this.#objects = options.objects;
    this.#client = options.client;
    this.#gates = options.gates;
    this.#now = options.now ?? (() => new Date());
  }

  async read(cluster: string): Promise<EngineReading> {
    const { objects, status } = await this.#objects.list(
      cluster,
      RESOURCE_TYPES.canaries,
    );
    if (objects.length === 0) {
      return { canaries: [], source: status };
    }
    const [deployments, gates] = await Promise.all([
      this.#objects.index(
        cluster,
        RESOURCE_TYPES.deployments,
        'by name',
        objectKey,
      ),
      this.#readGates(),
    ]);
    const canaries = objects.flatMap((object): Canary[] => {
      const canary = this.#parse(object);
      if (!canary) {
        return [];
      }
      const { namespace, name } = canary.metadata;
      const target = canary.spec.targetRef.name;
      const workload = (deployment: string) =>
        flaggerWorkload(deployments.get(`${namespace}/${deployment}`)?.[0]);
      return [
        readFlaggerCanary({
          cluster,
          canary,
          target: workload(target),
          primary: workload(`${target}-primary`),
          gates: portalGates(
            canary,
            gates.get(`${cluster}/${namespace}/Canary/${name}`),
          ),
          events: [],
        }),
      ];
    });
    return { canaries, source: status };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    const stop = this.#objects.onChange(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  /** Told by the hooks, whose answers are in no object. */
  gatesChanged(): void {
    this.#known.at = -Infinity;
    this.#listeners.forEach(listener => listener());
  }

  /** What the cluster itself tells about a Canary, the newest first. */
  async events(ref: string): Promise<CanaryEvent[]> {
    const { cluster, key } = locateObject(ref);
    return readObjectEvents(this.#objects, cluster, this.kind, key);
  }

  async preview(command: CanaryCommand): Promise<CanaryCommandPreview> {
    const change = await this.#change(command);
    if ('gate' in change) {
      const { gate, isOpen } = change;
      return {
        before: stringify({ gate, open: !isOpen }),
        after: stringify({ gate, open: isOpen }),
        sentences: [
          `Flagger asks at its next check (every ${
            change.interval ?? 'interval'
          }) and goes on then.`,
        ],
      };
    }
    const { cluster } = locateObject(command.canary.ref);
    const before = await this.#client.get(cluster, change.type, change.key);
    const after = await this.#client.patch(
      cluster,
      change.type,
      change.key,
      { type: change.patchType, patch: change.patch },
      { dryRun: true, fieldManager: FIELD_MANAGER },
    );
    return {
      before: stringify({ spec: change.shown(before) }),
      after: stringify({ spec: change.shown(after) }),
      sentences: change.sentences,
    };
  }

  async perform(
    command: CanaryCommand,
    context: { resourceVersion: string; actor: string; reason: string },
  ): Promise<string> {
    refuseChanged(command.canary, context.resourceVersion);
    const change = await this.#change(command);
    const { ref } = command.canary;
    if ('gate' in change) {
      const { gate, isOpen } = change;
      const isDecided = await this.#gates.decide(
        ref,
        gate,
        isOpen,
        context.actor,
        context.reason,
      );
      if (!isDecided) {
        throw new ConflictError(
          `The gate ${gate} was decided by someone else meanwhile`,
        );
      }
      this.gatesChanged();
      return `The gate ${gate} is ${isOpen ? 'open' : 'closed'}`;
    }
    const { cluster } = locateObject(ref);
    await this.#client.patch(
      cluster,
      change.type,
      change.key,
      { type: change.patchType, patch: change.patch },
      { fieldManager: FIELD_MANAGER },
    );
    return change.accepted;
  }

  async #change({ verb, canary }: CanaryCommand): Promise<FlaggerChange> {
    const { cluster, key } = locateObject(canary.ref);
    const object = await this.#client.get(
      cluster,
      RESOURCE_TYPES.canaries,
      key,
    );
    const parsed = canaryObjectSchema.parse(object);
    const known = (await this.#gates.all()).get(canary.ref);
    const gates = portalGates(parsed, known);
    const primary = await this.#client
      .get(cluster, RESOURCE_TYPES.deployments, {
        namespace: key.namespace,
        name: `${parsed.spec.targetRef.name}-primary`,
      })
      .catch(() => undefined);
    const change = flaggerChange(verb, {
      canary: parsed,
      gate: waitingGate({ canary: parsed, gates }),
      hasRollbackGate: gates.some(
        ({ type, askedAt }) => type === 'rollback' && askedAt,
      ),
      primary,
      now: this.#now().toISOString(),
    });
    if (!change) {
      throw new ConflictError(
        `Canary ${key.name} cannot ${verb} in the state it is in: ${canary.reason}`,
      );
    }
    return change;
  }

  #readGates(): Promise<Map<string, FlaggerGate[]>> {
    const now = this.#now().getTime();
    if (now - this.#known.at > GATES_MILLISECONDS) {
      this.#known = { at: now, gates: this.#gates.all() };
    }
    return this.#known.gates;
  }

  #parse(object: KubernetesObject): CanaryObject | undefined {
    if (!this.#parsed.has(object)) {
      this.#parsed.set(object, canaryObjectSchema.safeParse(object).data);
    }
    return this.#parsed.get(object);
  }
}
