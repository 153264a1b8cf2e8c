/** A turn for everyone else on the page. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, 0);
  });
}

/** Does jobs in order, each in a task of its own, however fast they come. */
export class TaskQueue {
  readonly #jobs: (() => void)[] = [];
  readonly #signal: AbortSignal;
  #isRunning = false;

  /** @param signal - ends everything, also what waits */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(job: () => void): void {
    this.#jobs.push(job);
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.#run();
    }
  }

  async #run(): Promise<void> {
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) {
      await nextTask();
      if (this.#signal.aborted) {
        this.#jobs.length = 0;
        break;
      }
      job();
    }
    this.#isRunning = false;
  }
}
