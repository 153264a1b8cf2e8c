import type { Build } from './model';
import type { PipelineEvent, Result } from './pipeline/events';

/** A build on its way: what happens in it happens when its time has come. */
export class Playing {
  /** When the next thing happens, in milliseconds since the Unix epoch. */
  #due: number;
  #next: PipelineEvent | undefined;

  constructor(
    readonly build: Build,
    private readonly events: Generator<PipelineEvent, void>,
    from: number,
  ) {
    this.#due = from;
    this.#take();
  }

  get isOver(): boolean {
    return this.#next === undefined;
  }

  #take(): void {
    this.#next = this.#following();
    if (this.#next?.kind === 'output') this.#due += this.#next.seconds * 1000;
  }

  /** What comes next. Whatever a script brings about ends its build, and nothing else. */
  #following(): PipelineEvent | undefined {
    try {
      return this.events.next().value ?? undefined;
    } catch (error) {
      this.build.log += `${error}\nFinished: FAILURE\n`;
      return { kind: 'end', result: 'FAILURE' };
    }
  }

  /** Lets everything happen that is due. */
  advance(now: number): void {
    while (this.#next && this.#due <= now) {
      this.#happen(this.#next);
      this.#take();
    }
  }

  /** Does not wait for what is going on any longer. */
  hurry(now: number): void {
    this.#due = Math.min(this.#due, now);
  }

  #happen(event: PipelineEvent): void {
    const { build } = this;
    if (event.kind === 'output') build.log += event.text;
    else if (event.kind === 'verdict') {
      const stage = build.stages.at(-1);
      if (stage) stage.result ??= event.result;
    } else if (event.kind === 'stage') {
      this.#endStage('SUCCESS');
      build.stages.push({ name: event.name, startedAt: this.#due });
    } else {
      this.#endStage('SUCCESS');
      build.result = event.result;
      build.endedAt = this.#due;
    }
  }

  /** A stage succeeds unless it was said otherwise. */
  #endStage(result: Result): void {
    const stage = this.build.stages.at(-1);
    if (stage && stage.endedAt === undefined) {
      stage.endedAt = this.#due;
      stage.result ??= result;
    }
  }
}
