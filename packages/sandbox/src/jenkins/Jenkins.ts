import type { Clock } from '../clock';
import type { Forge, SourceHistory } from '../gitlab';
import type { ImageStore } from '../registry';
import type { Effects } from '../simulator';
import { prepareBuild, replayBuild, type BuildOptions } from './builds';
import { Jobs } from './Jobs';
import {
  parametersOf,
  type Build,
  type Folder,
  type Job,
  type QueueItem,
} from './model';
import { notify } from './notify';
import { Playing } from './Playing';
import { scanBranches } from './scanBranches';

export interface JenkinsOptions {
  forge: Forge;
  source: SourceHistory;
  images: ImageStore;
  effects: Effects;
  clock: Clock;
  seed: number;
  /** Address of the sandbox, known when it listens. */
  origin(): string;
}

const EXECUTORS = 2;
/** How long equal requests are taken for one, in milliseconds. */
const QUIET = 1500;
/** How long items of the queue are remembered after they left it. */
const REMEMBERED = 5 * 60_000;
const PACE = 250;

const same = (left: QueueItem['parameters'], right: QueueItem['parameters']) =>
  JSON.stringify([...left].sort()) === JSON.stringify([...right].sort());

/** Jobs, the queue, and what builds. */
export class Jenkins {
  readonly jobs: Jobs;
  readonly queue: QueueItem[] = [];
  readonly executors = EXECUTORS;
  readonly #running = new Map<Build, Playing | undefined>();
  #nextItem = 1000;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly options: JenkinsOptions) {
    const { seed, source, images, origin } = options;
    this.jobs = new Jobs({
      seed,
      source,
      catalog: images.catalog,
      urlOf: path => `${origin()}/gitlab/${path}.git`,
    });
    this.#timer = setInterval(() => this.advance(), PACE);
    this.#timer.unref();
  }

  get url(): string {
    return `${this.options.origin()}/jenkins/`;
  }

  now(): number {
    return this.options.clock.now();
  }

  #buildOptions(isPast: boolean): BuildOptions {
    const { forge, effects, images, seed } = this.options;
    return { forge, effects, images, seed, url: this.url, isPast };
  }

  /** Plays what a build of the past did, so that its console can be read. */
  replay(build: Build): Promise<void> {
    return replayBuild(build, this.#buildOptions(true));
  }

  /** Makes a job for each branch of a multibranch project that has a script. */
  scan(folder: Folder): Promise<Job[]> {
    return scanBranches(this.options.forge, this.jobs, folder);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** What waits, the newest first. */
  waiting(): QueueItem[] {
    return this.queue.filter(item => item.leftAt === undefined).reverse();
  }

  running(): Build[] {
    return [...this.#running.keys()];
  }

  /** Puts a build into the queue; an equal one that waits already is taken for it. */
  schedule(
    job: Job,
    parameters: QueueItem['parameters'],
    cause: string,
    delay = QUIET,
  ): QueueItem {
    this.advance();
    const equal = this.queue.find(
      item =>
        item.job === job &&
        item.leftAt === undefined &&
        same(item.parameters, parameters),
    );
    if (equal) return equal;
    const since = this.now();
    const item: QueueItem = {
      id: this.#nextItem++,
      job,
      cause,
      parameters,
      since,
      quietUntil: since + delay,
      isCancelled: false,
    };
    this.queue.push(item);
    return item;
  }

  /** Takes an item out of the queue; false when it does not wait. */
  cancel(id: number): boolean {
    const item = this.queue.find(
      each => each.id === id && each.leftAt === undefined,
    );
    if (!item) return false;
    item.isCancelled = true;
    item.leftAt = this.now();
    return true;
  }

  abort(build: Build, by: string): void {
    if (build.result !== undefined) return;
    build.isAborted = true;
    build.log += `Aborted by ${by}\n`;
    this.#running.get(build)?.hurry(this.now());
    this.advance();
  }

  /** Why an item waits. */
  why(item: QueueItem): string | undefined {
    if (item.leftAt !== undefined) return undefined;
    const left = item.quietUntil - this.now();
    if (left > 0)
      return `In the quiet period. Expires in ${(left / 1000).toFixed(1)} sec`;
    const blocking = this.#blocking(item);
    if (blocking)
      return `Build #${
        blocking.number
      } is already in progress (ETA: ${this.#remaining(blocking)})`;
    return 'Waiting for next available executor';
  }

  #remaining(build: Build): string {
    const left = this.estimate(build.job) - (this.now() - build.startedAt);
    return left > 0 ? `${Math.ceil(left / 1000)} sec` : 'N/A';
  }

  #blocking({ job }: QueueItem): Build | undefined {
    return job.isConcurrent
      ? undefined
      : this.running().find(build => build.job === job);
  }

  /** How long a build of a job takes by its last good ones, in milliseconds; -1 without one. */
  estimate(job: Job): number {
    const good = job.builds
      .filter(({ result }) => result === 'SUCCESS')
      .slice(0, 3);
    if (good.length === 0) return -1;
    const sum = good.reduce(
      (total, { startedAt, endedAt = startedAt }) =>
        total + endedAt - startedAt,
      0,
    );
    return Math.round(sum / good.length);
  }

  /** Lets time pass. */
  advance(): void {
    const now = this.now();
    for (const [build, playing] of this.#running) {
      playing?.advance(now);
      if (playing?.isOver) {
        this.#running.delete(build);
        notify(this.url, build, 'COMPLETED');
        notify(this.url, build, 'FINALIZED');
      }
    }
    for (const item of this.queue) {
      const isFree =
        this.#running.size < EXECUTORS &&
        this.options.effects.jenkins === 'building';
      if (
        item.leftAt === undefined &&
        item.quietUntil <= now &&
        isFree &&
        !this.#blocking(item)
      ) {
        this.#start(item, now);
      }
    }
    const kept = this.queue.filter(
      ({ leftAt }) => leftAt === undefined || now - leftAt < REMEMBERED,
    );
    this.queue.splice(0, this.queue.length, ...kept);
  }

  #start(item: QueueItem, now: number): void {
    const { job, cause, parameters, id } = item;
    const build: Build = {
      number: job.nextNumber++,
      job,
      queueId: id,
      cause,
      parameters,
      startedAt: now,
      log: `${cause}\n`,
      stages: [],
      changes: [],
      isAborted: false,
    };
    job.builds.unshift(build);
    item.build = build;
    item.leftAt = now;
    this.#running.set(build, undefined);
    notify(this.url, build, 'STARTED');
    void prepareBuild(build, this.#buildOptions(false)).then(events => {
      this.#running.set(build, new Playing(build, events, now));
      this.advance();
    });
  }

  /** Parameters that a job knows; others are left out, as Jenkins does. */
  accepted(
    job: Job,
    given: ReadonlyMap<string, string>,
  ): Map<string, string | boolean> {
    return new Map(
      parametersOf(job).map(({ name, type, defaultValue }) => {
        const value = given.get(name);
        if (value === undefined) return [name, defaultValue];
        return [
          name,
          type === 'BooleanParameterDefinition'
            ? value === 'true' || value === 'on'
            : value,
        ];
      }),
    );
  }
}
