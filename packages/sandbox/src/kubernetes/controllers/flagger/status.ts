import { timestamp } from '../../storage/timestamp';
import { asObject, asObjects, asText, type JsonObject } from '../../values';
import type { ControllerContext } from '../context';
import { canaries, deployments, specHash, viewCanary } from './canary';

const messages: Record<string, [status: string, message: string]> = {
  Initializing: ['Unknown', 'New %s detected, starting initialization.'],
  Initialized: ['True', '%s initialization completed.'],
  Waiting: ['Unknown', 'Waiting for approval.'],
  WaitingPromotion: ['Unknown', 'Waiting for approval.'],
  Progressing: [
    'Unknown',
    'New revision detected, progressing canary analysis.',
  ],
  Promoting: [
    'Unknown',
    'Canary analysis completed, starting primary rolling update.',
  ],
  Finalising: [
    'Unknown',
    'Canary analysis completed, routing all traffic to primary.',
  ],
  Succeeded: [
    'True',
    'Canary analysis completed successfully, promotion finished.',
  ],
  Failed: ['False', 'Canary analysis failed, %s scaled to zero.'],
  Terminating: ['Unknown', 'Terminating canary.'],
  Terminated: ['Unknown', 'Terminated canary.'],
};

function conditionsOf(
  before: JsonObject,
  kind: string,
  phase: string,
  now: string,
): JsonObject[] {
  const [known] = asObjects(before.conditions);
  const [status, text] = messages[phase] ?? ['Unknown', phase];
  if (known?.status === status && known.reason === phase) return [known];
  return [
    {
      type: 'Promoted',
      status,
      reason: phase,
      message: text.replace('%s', kind),
      lastUpdateTime: now,
      lastTransitionTime:
        known?.status === status
          ? asText(known.lastTransitionTime) ?? now
          : now,
    },
  ];
}

/** Writes the status of a Canary, as Flagger does it. */
export class CanaryStatus {
  readonly #context: ControllerContext;
  readonly #namespace: string;
  readonly #name: string;

  constructor(context: ControllerContext, namespace: string, name: string) {
    this.#context = context;
    this.#namespace = namespace;
    this.#name = name;
  }

  get #before(): JsonObject {
    return asObject(
      this.#context.store.get(canaries, this.#namespace, this.#name)?.status,
    );
  }

  /** Counts start anew, and what the target now holds is what is being rolled out. */
  sync(phase: string): void {
    const found = this.#context.store.get(
      canaries,
      this.#namespace,
      this.#name,
    );
    if (!found) return;
    const target = this.#context.store.get(
      deployments,
      this.#namespace,
      viewCanary(found).target,
    );
    const { lastPromotedSpec } = this.#before;
    const applied = target && specHash(target);
    this.#write(phase, {
      canaryWeight: 0,
      failedChecks: 0,
      iterations: 0,
      lastAppliedSpec: applied,
      lastPromotedSpec: phase === 'Initialized' ? applied : lastPromotedSpec,
    });
  }

  /** Moves on to a phase. */
  phase(phase: string): void {
    const before = this.#before;
    const found = this.#context.store.get(
      canaries,
      this.#namespace,
      this.#name,
    );
    const iterations = Number(asObject(found?.spec?.analysis).iterations ?? 0);
    const kept = phase === 'Progressing' || phase === 'Waiting';
    this.#write(phase, {
      ...(kept
        ? {}
        : {
            canaryWeight: 0,
            iterations:
              phase === 'WaitingPromotion' ? Math.max(iterations - 1, 0) : 0,
          }),
      ...(phase === 'Succeeded'
        ? { lastPromotedSpec: before.lastAppliedSpec }
        : {}),
    });
  }

  weight(canaryWeight: number): void {
    this.#write(undefined, { canaryWeight });
  }

  iterations(iterations: number): void {
    this.#write(undefined, { iterations });
  }

  failedChecks(failedChecks: number): void {
    this.#write(undefined, { failedChecks });
  }

  #write(phase: string | undefined, fields: JsonObject): void {
    const { store, clock, settling } = this.#context;
    const found = store.get(canaries, this.#namespace, this.#name);
    if (!found) return;
    const created = found.metadata.creationTimestamp;
    const now = (settling && created) || timestamp(clock.now());
    const kind = asText(asObject(found.spec?.targetRef).kind) ?? 'Deployment';
    const before = found.status ?? {};
    const next = {
      canaryWeight: 0,
      failedChecks: 0,
      iterations: 0,
      trackedConfigs: {},
      ...before,
      ...fields,
      lastTransitionTime: now,
      ...(phase
        ? { phase, conditions: conditionsOf(before, kind, phase, now) }
        : {}),
    };
    store.putStatus(
      canaries,
      this.#namespace,
      this.#name,
      Object.fromEntries(
        Object.entries(next).filter(([, value]) => value !== undefined),
      ),
    );
  }
}
