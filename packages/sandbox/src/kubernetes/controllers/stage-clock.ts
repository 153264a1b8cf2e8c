import type { ControllerContext } from './context';

/** Measures how long each key has been in the stage it is in. */
export class StageClock {
  readonly #context: ControllerContext;
  readonly #stages = new Map<string, { name: string; since: number }>();

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  forget(key: string): void {
    this.#stages.delete(key);
  }

  /** Milliseconds since a key was first seen in a stage. */
  elapsed(key: string, name: string): number {
    const now = this.#context.clock.now();
    const stage = this.#stages.get(key);
    if (stage?.name !== name) {
      this.#stages.set(key, { name, since: now });
      return 0;
    }
    return now - stage.since;
  }

  /**
   * Whether a stage has lasted its time; otherwise calls back with the instant
   * at which it will have. Nothing takes time while a world settles.
   */
  passed(
    key: string,
    name: string,
    duration: number,
    retry: (due: number) => void,
  ): boolean {
    if (this.#context.settling) {
      return true;
    }
    const elapsed = this.elapsed(key, name);
    if (elapsed >= duration) {
      return true;
    }
    retry(this.#context.clock.now() + duration - elapsed);
    return false;
  }
}
