import type { JenkinsClient } from '../jenkins/JenkinsClient';

/** What happened to a service's builds or its source. */
export type BuildsEvent = 'builds' | 'push';

type Viewer = { project: string; tell: (event: BuildsEvent) => void };
type Watched = {
  viewers: Set<Viewer>;
  /** Absent while Jenkins is being asked. */
  timer?: ReturnType<typeof setTimeout>;
  /** Something happened while Jenkins was being asked. */
  isAskedFor?: boolean;
  /** How the job was when it was last looked at. */
  last?: string;
};

const POLL_MILLISECONDS = 5_000;
/** Enough to see a build begin and end between two looks. */
const LOOKED_AT = 10;

/**
 * Tells those who look at a service that its builds changed or that its
 * source was pushed to. Jenkins is asked once for all viewers of a job, and
 * not at all while there are none.
 */
export class BuildWatches {
  readonly #jenkins: Pick<JenkinsClient, 'job' | 'queueOf'> | undefined;
  readonly #pollMilliseconds: number;
  readonly #jobs = new Map<string, Watched>();

  constructor(options: {
    jenkins: Pick<JenkinsClient, 'job' | 'queueOf'> | undefined;
    pollMilliseconds?: number;
  }) {
    this.#jenkins = options.jenkins;
    this.#pollMilliseconds = options.pollMilliseconds ?? POLL_MILLISECONDS;
  }

  /** Begins to tell, until the function that is returned is called. */
  watch(names: { job: string; project: string }, tell: Viewer['tell']) {
    const { job, project } = names;
    const watched: Watched = this.#jobs.get(job) ?? { viewers: new Set() };
    const viewer = { project, tell };
    const isFirst = watched.viewers.size === 0;
    watched.viewers.add(viewer);
    this.#jobs.set(job, watched);
    if (isFirst) {
      this.#look(job, watched);
    }
    return () => {
      watched.viewers.delete(viewer);
      if (watched.viewers.size === 0) {
        clearTimeout(watched.timer);
        this.#jobs.delete(job);
      }
    };
  }

  /**
   * Jenkins said that something happened to a job: whoever looks at it, or at
   * the multibranch project that it is of, need not wait for the next look.
   */
  built(job: string): void {
    for (const [name, watched] of this.#jobs) {
      if (job !== name && !job.startsWith(`${name}/`)) {
        continue;
      }
      if (watched.timer) {
        clearTimeout(watched.timer);
        this.#look(name, watched);
      } else {
        // It is being looked at, and may have been before this happened.
        watched.isAskedFor = true;
      }
    }
  }

  /** GitLab said that a project changed. */
  pushed(project: string): void {
    for (const { viewers } of this.#jobs.values()) {
      viewers.forEach(viewer => {
        if (viewer.project === project) {
          viewer.tell('push');
        }
      });
    }
  }

  async #look(job: string, watched: Watched): Promise<void> {
    const jenkins = this.#jenkins;
    if (!jenkins) {
      return;
    }
    watched.timer = undefined;
    const now = await fingerprint(jenkins, job);
    if (watched.last !== undefined && watched.last !== now) {
      watched.viewers.forEach(({ tell }) => tell('builds'));
    }
    watched.last = now;
    const isWatched = watched.viewers.size > 0;
    if (isWatched && watched.isAskedFor) {
      watched.isAskedFor = false;
      await this.#look(job, watched);
      return;
    }
    if (isWatched) {
      watched.timer = setTimeout(
        () => this.#look(job, watched),
        this.#pollMilliseconds,
      );
    }
  }
}

/** What would look different if anything did; that nothing answers, too. */
async function fingerprint(
  jenkins: Pick<JenkinsClient, 'job' | 'queueOf'>,
  job: string,
): Promise<string> {
  try {
    const [found, queue] = await Promise.all([
      jenkins.job(job, LOOKED_AT),
      jenkins.queueOf(job),
    ]);
    return JSON.stringify([
      found?.buildable,
      found?.jobs?.map(({ name, lastBuild }) => [
        name,
        lastBuild?.number,
        lastBuild?.building,
        lastBuild?.result,
      ]),
      found?.builds?.map(({ number, building, result }) => [
        number,
        building,
        result,
      ]),
      queue.map(({ id, why, stuck, cancelled }) => [id, why, stuck, cancelled]),
    ]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
