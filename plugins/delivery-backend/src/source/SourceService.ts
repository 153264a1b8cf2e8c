import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  deliveryBuildReadPermission,
  readCommit,
  readMergeRequest,
  readReference,
  requestsOfCommits,
  type ServicePlaceInput,
  type SourceChanges,
  type SourceGroups,
  type SourceResponse,
} from '@orrery/backstage-plugin-delivery-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type { GitLabClient, GitLabComparison } from '../gitlab/GitLabClient';
import type { ServiceNames } from '../names/ServiceNames';
import type { TargetSight } from '../sight/TargetSight';

type Revisions = { from: string; to: string };

/** Tags, branches and changes of services, for those who may see them. */
export class SourceService {
  readonly #gitlab: GitLabClient | undefined;
  readonly #names: ServiceNames;
  readonly #sight: TargetSight;
  readonly #host: string;
  readonly #now: () => Date;

  constructor(options: {
    gitlab: GitLabClient | undefined;
    /** Host of GitLab for people. */
    host?: string;
    names: ServiceNames;
    sight: TargetSight;
    now?: () => Date;
  }) {
    this.#gitlab = options.gitlab;
    this.#host = options.host ?? '';
    this.#names = options.names;
    this.#sight = options.sight;
    this.#now = options.now ?? (() => new Date());
  }

  /** What a service's project has: tags, branches and open merge requests. */
  async overview(
    place: ServicePlaceInput,
    credentials: BackstageCredentials,
  ): Promise<SourceResponse> {
    const project = await this.#seen(place, credentials);
    const without = (source: Omit<SourceStatus, 'name'>): SourceResponse => ({
      project,
      tags: [],
      branches: [],
      mergeRequests: [],
      provenance: { sources: [{ name: 'gitlab', ...source }], warnings: [] },
    });
    if (!this.#gitlab) {
      return without({ state: 'absent', reason: 'No GitLab is configured' });
    }
    try {
      const found = await this.#gitlab.project(project);
      if (!found) {
        return without({
          state: 'absent',
          reason: `GitLab has no project ${project}`,
        });
      }
      const [tags, branches, requests] = await Promise.all([
        this.#gitlab.tags(project),
        this.#gitlab.branches(project),
        this.#gitlab.mergeRequests(project, { state: 'opened' }),
      ]);
      return {
        ...without(this.#ok()),
        url: found.web_url,
        ...(found.default_branch && { defaultBranch: found.default_branch }),
        tags: tags.map(readReference),
        branches: branches.map(readReference),
        mergeRequests: requests.map(readMergeRequest),
      };
    } catch (error) {
      return without({
        state: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /**
   * What came between two revisions. Where the second is the older one, what
   * would be lost.
   *
   * @throws NotFoundError where GitLab does not know one of them
   */
  async changes(
    place: ServicePlaceInput,
    { from, to }: Revisions,
    credentials: BackstageCredentials,
  ): Promise<SourceChanges> {
    const project = await this.#seen(place, credentials);
    if (!this.#gitlab) {
      throw new NotFoundError('No GitLab is configured (orrery.gitlab)');
    }
    const forwards = await this.#gitlab.compare(project, from, to);
    const backwards =
      forwards.commits.length === 0 && from !== to
        ? await this.#gitlab.compare(project, to, from)
        : undefined;
    const isBackwards = (backwards?.commits.length ?? 0) > 0;
    const comparison = isBackwards && backwards ? backwards : forwards;
    // GitLab tells the oldest first.
    const commits = comparison.commits.map(readCommit).reverse();
    const merged =
      commits.length === 0
        ? []
        : await this.#gitlab.mergeRequests(project, {
            state: 'merged',
            order_by: 'updated_at',
          });
    return {
      from,
      to,
      commits,
      files: comparison.diffs.map(readDifference),
      mergeRequests: requestsOfCommits(merged, commits),
      isBackwards,
      ...(comparison.web_url && { url: comparison.web_url }),
      provenance: {
        sources: [{ name: 'gitlab', ...this.#ok() }],
        warnings: [],
      },
    };
  }

  /**
   * Where projects can be made.
   *
   * @throws NotFoundError where no GitLab is configured
   */
  async groups(): Promise<SourceGroups> {
    if (!this.#gitlab) {
      throw new NotFoundError('No GitLab is configured (orrery.gitlab)');
    }
    const groups = await this.#gitlab.groups();
    return {
      host: this.#host,
      groups: groups.map(group => ({
        path: group.full_path,
        name: group.name,
      })),
    };
  }

  #ok(): Omit<SourceStatus, 'name'> {
    return { state: 'ok', asOf: this.#now().toISOString() };
  }

  async #seen(
    place: ServicePlaceInput,
    credentials: BackstageCredentials,
  ): Promise<string> {
    await this.#sight.require(
      deliveryBuildReadPermission,
      this.#names.refOf(place),
      credentials,
    );
    return (await this.#names.of(place)).project;
  }
}

function readDifference(
  diff: GitLabComparison['diffs'][number],
): SourceChanges['files'][number] {
  const path = diff.new_path;
  if (diff.new_file) {
    return { path, change: 'added' };
  }
  if (diff.deleted_file) {
    return { path, change: 'deleted' };
  }
  return diff.renamed_file
    ? { path, formerPath: diff.old_path, change: 'renamed' }
    : { path, change: 'changed' };
}
