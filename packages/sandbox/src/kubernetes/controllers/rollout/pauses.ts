import { timestamp } from '../../storage/timestamp';
import { asObjects, type JsonObject } from '../../values';
import { isAborted } from './rollout';

/** What a reconciliation decides about pausing and aborting, applied to the status at its end. */
export class Pauses {
  readonly #status: JsonObject;
  readonly #add = new Set<string>();
  readonly #remove = new Set<string>();
  #abort: string | undefined;
  #clear = false;
  #forgive = false;

  constructor(status: JsonObject) {
    this.#status = status;
  }

  get aborted(): boolean {
    return (
      this.#abort !== undefined || (!this.#forgive && isAborted(this.#status))
    );
  }

  /** Why this reconciliation aborts; undefined when it was done before. */
  get abortMessage(): string | undefined {
    return this.#abort;
  }

  add(reason: string): void {
    this.#add.add(reason);
  }

  remove(reason: string): void {
    this.#remove.add(reason);
  }

  abort(message: string): void {
    this.#abort ??= message;
  }

  /** Ends all pauses, and an abort. */
  reset(): void {
    this.#clear = true;
    this.#forgive = true;
  }

  /** The fields `abort`, `abortedAt`, `pauseConditions` and `controllerPause` as they are to be. */
  fields(now: number): JsonObject {
    const instant = timestamp(now);
    if (this.aborted) {
      return { abort: true, abortedAt: this.#status.abortedAt ?? instant };
    }
    if (this.#clear) return {};
    const kept = asObjects(this.#status.pauseConditions).filter(
      ({ reason }) => !this.#remove.has(String(reason)),
    );
    const added = [...this.#add]
      .filter(reason => !kept.some(entry => entry.reason === reason))
      .map(reason => ({ reason, startTime: instant }));
    const pauseConditions = [...kept, ...added];
    return pauseConditions.length
      ? { pauseConditions, controllerPause: true }
      : {};
  }
}
