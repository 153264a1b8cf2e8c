import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  parseImage,
  readBuild,
  readCommit,
  type Release,
  type ReleaseRange,
} from '@orrery/backstage-plugin-delivery-common';
import { UpstreamError } from '@orrery/backstage-plugin-orrery-node';
import type { GitLabClient } from '../gitlab/GitLabClient';
import type { JenkinsClient } from '../jenkins/JenkinsClient';
import type { NamesOfService, ServiceNames } from '../names/ServiceNames';
import type { ImageRegistry } from '../registry/types';
import type { ReleaseStore } from './ReleaseStore';

/** Releases that began longer ago stay with what was found. */
const OLDEST_MILLISECONDS = 24 * 3600_000;
/** Builds that are looked through for the one that made an image. */
const MOST_BUILDS = 100;

export type ReleaseRangerOptions = {
  store: ReleaseStore;
  registry: ImageRegistry;
  names: ServiceNames;
  gitlab: GitLabClient | undefined;
  jenkins: JenkinsClient | undefined;
  logger: LoggerService;
  now?: () => Date;
};

type Found = { range: ReleaseRange; isFinal: boolean };

/** The commit of a release, or why it is not known; what is final is not asked again. */
type Commit =
  | { commit: string }
  | { commit?: undefined; reason: string; isFinal: boolean };

const final = (range: ReleaseRange): Found => ({ range, isFinal: true });

/** Finds the commits that releases brought. */
export class ReleaseRanger {
  readonly #options: ReleaseRangerOptions;

  constructor(options: ReleaseRangerOptions) {
    this.#options = options;
  }

  /** Looks at releases whose commits are not known yet. */
  async rangeAll(): Promise<void> {
    const { store, logger, now = () => new Date() } = this.#options;
    const since = new Date(now().getTime() - OLDEST_MILLISECONDS);
    for (const release of await store.unranged(since.toISOString())) {
      try {
        const { range, isFinal } = await this.#find(release);
        await store.setRange(release.id, range, isFinal);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        logger.warn(
          `Commits of release ${release.id} are not known: ${reason}`,
        );
        await store.setRange(release.id, { reason }, false);
      }
    }
  }

  async #find(release: Release & { template: string }): Promise<Found> {
    const { store, gitlab, names } = this.#options;
    if (!gitlab) {
      return final({ reason: 'No GitLab is configured (orrery.gitlab)' });
    }
    const previous = await store.previousOf(release);
    if (!previous) {
      return final({ reason: 'No release before it is known' });
    }
    if (isSameImages(release, previous)) {
      return final({ commits: 0 });
    }
    const { cluster, namespace, app } = release;
    const service = await names.of({ cluster, namespace, app });
    const to = await this.#commitOf(release, service);
    const from = await this.#commitOf(previous, service);
    const known = {
      ...(to.commit && { to: to.commit }),
      ...(from.commit && { from: from.commit }),
    };
    for (const side of [to, from]) {
      if (side.commit === undefined) {
        const { reason, isFinal } = side;
        return { range: { ...known, reason }, isFinal };
      }
    }
    return this.#compare(gitlab, service.project, known);
  }

  async #compare(
    gitlab: GitLabClient,
    project: string,
    known: { from?: string; to?: string },
  ): Promise<Found> {
    const { from = '', to = '' } = known;
    try {
      const { commits } = await gitlab.compare(project, from, to);
      // GitLab tells the oldest first.
      const firstCommitAt = commits.at(0) && readCommit(commits[0]).at;
      return final({
        ...known,
        commits: commits.length,
        ...(firstCommitAt && { firstCommitAt }),
      });
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404) {
        const reason = `GitLab does not have both commits in ${project}`;
        return final({ ...known, reason });
      }
      throw error;
    }
  }

  /** By the image's own label, or by the build that made it. */
  async #commitOf(release: Release, service: NamesOfService): Promise<Commit> {
    if (release.commit) {
      return { commit: release.commit };
    }
    const { registry } = this.#options;
    const version = release.version ?? release.revisionName;
    const reasons: string[] = [];
    let isFinal = true;
    for (const { image } of release.images) {
      const state = await registry.inspect(image);
      if (state.state === 'exists' && state.revision) {
        return { commit: state.revision };
      }
      // A registry that is away for a while may tell later.
      isFinal &&= state.state !== 'unknown';
      reasons.push(
        state.state === 'exists'
          ? 'its image names no commit'
          : `its image is not known: ${state.reason}`,
      );
    }
    const commit = await this.#commitOfBuild(release, service);
    return commit
      ? { commit }
      : {
          reason: `What ${version} was built from is not known: ${
            reasons[0] ?? 'it has no image'
          }, and no build of ${service.job} says so`,
          isFinal,
        };
  }

  async #commitOfBuild(
    { images }: Release,
    { job }: NamesOfService,
  ): Promise<string | undefined> {
    const tags = images.flatMap(({ image }) => parseImage(image).tag ?? []);
    const found = await this.#options.jenkins?.job(job, MOST_BUILDS);
    return found?.builds
      ?.map(readBuild)
      .find(
        ({ state, parameters, revision }) =>
          revision !== undefined &&
          ['succeeded', 'unstable'].includes(state) &&
          Object.values(parameters).some(value => tags.includes(value)),
      )?.revision;
  }
}

function isSameImages(release: Release, previous: Release): boolean {
  const textOf = ({ images }: Release) =>
    images.map(({ container, image }) => `${container} ${image}`).join('\n');
  return textOf(release) === textOf(previous);
}
