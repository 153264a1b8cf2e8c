import type { SourceHistory } from '../gitlab';
import { createRandom } from '../random';
import type { ImageCatalog } from '../registry/catalog';
import { pipelineXml, readJobConfig } from './jobConfig';
import type { Build, Job } from './model';
import { readPipeline } from './pipeline/readPipeline';

const MINUTE = 60_000;
/** How often a build of the past failed before it succeeded. */
const FAILURES = 0.2;

/** What the past of a job is made from. */
export interface SeedInput {
  /** `<system>/<app>`. */
  path: string;
  name: string;
  /** Address of the repository. */
  url: string;
  seed: number;
  source: SourceHistory;
  catalog: ImageCatalog;
}

/** Job of an app, as the company names it. */
export function jobNameOf(path: string): string {
  const [system, ...rest] = path.split('/');
  return `${rest.join('-')}.${system}`;
}

/** The job of an app that the world has had for long: one good build of each image, and some that failed before it. */
export function seedJob({
  path,
  name,
  url,
  seed,
  source,
  catalog,
}: SeedInput): Job {
  const app = source.app(path);
  const xml = pipelineXml(app?.description ?? '', url, '*/main');
  const job: Job = {
    kind: 'job',
    name,
    xml,
    config: readJobConfig(xml),
    declared: readPipeline(source.jenkinsfile(path)).parameters,
    isConcurrent: true,
    builds: [],
    nextNumber: 1,
  };
  const random = createRandom(seed).fork(`builds ${path}`);
  const people = source.people(path);
  const add = (tag: string, startedAt: number, isFailure: boolean) => {
    const duration = Math.round((70 + random.next() * 150) * 1000);
    const number = job.nextNumber++;
    const build: Build = {
      number,
      job,
      queueId: number,
      cause: `Started by user ${random.pick(people)}`,
      parameters: new Map([['TAG', tag]]),
      startedAt,
      endedAt: startedAt + duration,
      result: isFailure ? 'FAILURE' : 'SUCCESS',
      // Whole histories are grown for it: only once somebody looks.
      get revision() {
        return source.revision(path, tag);
      },
      branch: tag,
      log: '',
      stages: [],
      changes: [],
      isAborted: false,
      forcedFailure: isFailure,
    };
    job.builds.unshift(build);
  };
  for (const { tag, createdAt } of catalog.built(path)) {
    const finished = Date.parse(createdAt);
    if (random.next() < FAILURES) add(tag, finished - 25 * MINUTE, true);
    add(tag, finished - 4 * MINUTE, false);
  }
  return job;
}
