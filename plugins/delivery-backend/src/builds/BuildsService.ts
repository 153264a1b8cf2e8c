import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  deliveryBuildReadPermission,
  readBranches,
  readBuild,
  readParameter,
  readQueueItem,
  readStage,
  type BuildDetails,
  type BuildPlaceInput,
  type BuildsResponse,
  type ServicePlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import { jobOf } from './jobOf';
import { MOST_BRANCHES } from '../jenkins/JenkinsClient';
import type { JenkinsClient, JenkinsJob } from '../jenkins/JenkinsClient';
import type { ServiceNames } from '../names/ServiceNames';
import type { TargetSight } from '../sight/TargetSight';

/** How many builds a page shows. */
const SHOWN = 50;

/** Builds of services, for those who may see them. */
export class BuildsService {
  readonly #jenkins: JenkinsClient | undefined;
  readonly #names: ServiceNames;
  readonly #sight: TargetSight;
  readonly #now: () => Date;

  constructor(options: {
    jenkins: JenkinsClient | undefined;
    names: ServiceNames;
    sight: TargetSight;
    now?: () => Date;
  }) {
    this.#jenkins = options.jenkins;
    this.#names = options.names;
    this.#sight = options.sight;
    this.#now = options.now ?? (() => new Date());
  }

  /** The job of a service, what waits and what was built, the newest first. */
  async list(
    place: BuildPlaceInput,
    credentials: BackstageCredentials,
  ): Promise<BuildsResponse> {
    const { job } = await this.namesOf(place, credentials);
    const empty = {
      job,
      isBuildable: false,
      parameters: [],
      queue: [],
      builds: [],
    };
    const answer = (
      source: Omit<SourceStatus, 'name'>,
      known: Partial<BuildsResponse> = {},
    ) => ({
      ...empty,
      ...known,
      provenance: { sources: [{ name: 'jenkins', ...source }], warnings: [] },
    });
    if (!this.#jenkins) {
      return answer({ state: 'absent', reason: 'No Jenkins is configured' });
    }
    try {
      const whole = await this.#jenkins.job(job, SHOWN);
      if (!whole) {
        return answer({
          state: 'absent',
          reason: `Jenkins has no job ${job}`,
        });
      }
      const branches = whole.jobs && readBranches(whole.jobs);
      const branch = branches && (place.branch ?? branches.at(0)?.name);
      const known = {
        ...(branches && { branches }),
        ...(branch !== undefined && { branch }),
      };
      if (branches?.length === 0) {
        return answer(
          { state: 'absent', reason: `Jenkins found no branch of ${job} yet` },
          { ...known, url: whole.url },
        );
      }
      const path = branch === undefined ? job : `${job}/${branch}`;
      const [found, queue] = await Promise.all([
        branch === undefined ? whole : this.#jenkins.job(path, SHOWN),
        this.#jenkins.queueOf(path),
      ]);
      if (!found) {
        return answer(
          {
            state: 'absent',
            reason: `Jenkins has no branch ${branch} of ${job}`,
          },
          known,
        );
      }
      return {
        job,
        ...known,
        url: found.url,
        isBuildable: found.buildable ?? false,
        parameters: parametersOf(found),
        queue: queue
          .filter(({ cancelled, executable }) => !cancelled && !executable)
          .map(readQueueItem),
        builds: (found.builds ?? []).map(readBuild),
        provenance: {
          sources: [
            { name: 'jenkins', state: 'ok', asOf: this.#now().toISOString() },
          ],
          warnings:
            branches?.length === MOST_BRANCHES
              ? [
                  {
                    code: 'truncated',
                    message: `Only ${MOST_BRANCHES} branches are listed`,
                  },
                ]
              : [],
        },
      };
    } catch (error) {
      return answer({
        state: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** One build with its stages. */
  async details(
    place: BuildPlaceInput,
    number: number,
    credentials: BackstageCredentials,
  ): Promise<BuildDetails> {
    const { jenkins, job } = await this.open(place, credentials);
    const [build, stages] = await Promise.all([
      jenkins.build(job, number),
      jenkins.stages(job, number),
    ]);
    return {
      build: readBuild(build),
      stages: (stages ?? []).map(readStage),
      ...(!stages && {
        stagesReason:
          'The job is no pipeline, or Jenkins lacks the plugin Pipeline: Stage View',
      }),
    };
  }

  /**
   * The job of a service that the caller may see, or of one branch of it.
   *
   * @throws NotFoundError where no Jenkins is configured
   */
  async open(
    place: BuildPlaceInput,
    credentials: BackstageCredentials,
  ): Promise<{ jenkins: JenkinsClient; job: string }> {
    const { job } = await this.namesOf(place, credentials);
    if (!this.#jenkins) {
      throw new NotFoundError('No Jenkins is configured (orrery.jenkins)');
    }
    return { jenkins: this.#jenkins, job: jobOf(job, place) };
  }

  /** What belongs to a service that the caller may see. */
  async namesOf(place: ServicePlaceInput, credentials: BackstageCredentials) {
    await this.#sight.require(
      deliveryBuildReadPermission,
      this.#names.refOf(place),
      credentials,
    );
    return this.#names.of(place);
  }
}

/** What a job asks for, from whichever of its properties says so. */
export function parametersOf(
  job: JenkinsJob,
): ReturnType<typeof readParameter>[] {
  return (job.property ?? []).flatMap(property =>
    (property?.parameterDefinitions ?? []).map(readParameter),
  );
}
