import type { WorkloadKind } from '@orrery/backstage-plugin-delivery-common';
import {
  UpstreamError,
  type ClusterClient,
  type KubernetesObject,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { GitLabClient } from '../gitlab/GitLabClient';
import type { ServiceNames } from '../names/ServiceNames';
import { countManifests, type ManifestKey } from './editManifest';
import { cleanFolder, findKeepers, type GitSource } from './findKeepers';
import { GitUnknownError } from './GitUnknownError';
import { projectOfUrl } from './projectOfUrl';
import { refuseBuilt } from './refuseBuilt';

const PROJECT_ANNOTATION = 'gitlab.com/project-slug';
/** Of a component: file or folder of its manifests, and where they are elsewhere. */
const PATH_ANNOTATION = 'orrery.dev/manifests-path';
const OTHER_PROJECT_ANNOTATION = 'orrery.dev/manifests-project';

const MOST_FILES = 60;
const isManifest = (path: string) => /\.ya?ml$/i.test(path);

/** The workload whose manifest is looked for. */
export type GitTarget = {
  ref: string;
  cluster: string;
  kind: WorkloadKind;
  namespace: string;
  name: string;
};

/** The file in Git that says how a workload is to be. */
export type GitPlace = {
  /** Who keeps the workload as the file says, in words. */
  keeper: string;
  /** Path of the project in GitLab. */
  project: string;
  projectUrl: string;
  branch: string;
  file: string;
  text: string;
  /** The commit that changed the file last. */
  lastCommit: string;
};

type Place = Omit<GitSource, 'repositoryUrl'> & { project: string };

/** Finds the file that a workload comes from. */
export class GitPlaces {
  readonly #client: ClusterClient;
  readonly #config: OrreryConfig;
  readonly #names: ServiceNames;
  readonly #gitlab: GitLabClient | undefined;
  readonly #gitlabUrls: readonly string[];

  constructor(options: {
    client: ClusterClient;
    config: OrreryConfig;
    names: ServiceNames;
    gitlab: GitLabClient | undefined;
    /** Addresses of GitLab, for us and for people. */
    gitlabUrls: readonly string[];
  }) {
    this.#client = options.client;
    this.#config = options.config;
    this.#names = options.names;
    this.#gitlab = options.gitlab;
    this.#gitlabUrls = options.gitlabUrls;
  }

  /**
   * @throws GitUnknownError with the reason where the file is not known, or is
   *   none that could be changed
   */
  async find(target: GitTarget, object: KubernetesObject): Promise<GitPlace> {
    const gitlab = this.#gitlab;
    if (!gitlab) {
      throw new GitUnknownError('No GitLab is configured (orrery.gitlab)');
    }
    const reasons: string[] = [];
    for (const place of await this.#places(target, object)) {
      try {
        return await this.#read(gitlab, place, target);
      } catch (error) {
        if (!(error instanceof GitUnknownError)) {
          throw error;
        }
        reasons.push(error.message);
      }
    }
    throw new GitUnknownError(reasons.join('; '));
  }

  /** What the component says counts before what the tool says. */
  async #places(target: GitTarget, object: KubernetesObject): Promise<Place[]> {
    const annotations = await this.#names.annotationsOf(target.ref);
    const path = annotations[PATH_ANNOTATION];
    const project =
      annotations[OTHER_PROJECT_ANNOTATION] ?? annotations[PROJECT_ANNOTATION];
    if (path && project) {
      return [{ keeper: 'its component', project, folder: cleanFolder(path) }];
    }
    const { cluster } = target;
    const others = this.#config.clusters
      .map(({ name }) => name)
      .filter(name => name !== cluster);
    const clusters = [cluster, ...others];
    const sources = await findKeepers(this.#client, clusters, object);
    return sources.map(({ repositoryUrl, ...source }) => {
      const owned = projectOfUrl(repositoryUrl, this.#gitlabUrls);
      if (!owned) {
        throw new GitUnknownError(
          `${source.keeper} takes it from ${withoutUser(
            repositoryUrl,
          )}, which is not in ${this.#gitlabUrls.at(-1)}`,
        );
      }
      return { ...source, project: owned };
    });
  }

  async #read(
    gitlab: GitLabClient,
    place: Place,
    target: ManifestKey,
  ): Promise<GitPlace> {
    const { keeper, project, folder } = place;
    const found = await gitlab.project(project);
    const branch = place.branch ?? found?.default_branch;
    if (!found || !branch) {
      throw new GitUnknownError(`GitLab has no project ${project} with files`);
    }
    const files = await this.#files(gitlab, { ...place, branch });
    const manifests = await orUnknown(
      Promise.all(
        files.map(async file => ({
          file,
          ...(await gitlab.file(project, file, branch)),
        })),
      ),
      `GitLab has no file ${folder} in ${project} (${branch})`,
    );
    refuseBuilt(manifests, folder, target);
    const fitting = manifests.filter(
      ({ text }) => countManifests(text, target) > 0,
    );
    const [only] = fitting;
    const where = `${folder || 'the repository'} of ${project} (${branch})`;
    if (!only) {
      throw new GitUnknownError(
        `No file in ${where} has ${target.kind} ${target.name}`,
      );
    }
    if (fitting.length > 1 || countManifests(only.text, target) > 1) {
      throw new GitUnknownError(
        `Several manifests in ${where} are ${target.kind} ${
          target.name
        }: ${fitting.map(({ file }) => file).join(', ')}`,
      );
    }
    return { ...only, keeper, project, projectUrl: found.web_url, branch };
  }

  async #files(
    gitlab: GitLabClient,
    { project, folder, branch = '' }: Place,
  ): Promise<string[]> {
    if (isManifest(folder)) {
      return [folder];
    }
    const files = await orUnknown(
      gitlab.files(project, folder, branch),
      `GitLab has no folder ${folder} in ${project} (${branch})`,
    );
    const manifests = files.filter(isManifest);
    if (manifests.length > MOST_FILES) {
      throw new GitUnknownError(
        `${folder || project} has ${
          manifests.length
        } manifests, more than are looked through (${MOST_FILES}): name the file in the annotation ${PATH_ANNOTATION}`,
      );
    }
    return manifests;
  }
}

/** What GitLab does not have is no failure of GitLab. */
async function orUnknown<T>(asked: Promise<T>, reason: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) {
      throw new GitUnknownError(reason);
    }
    throw error;
  }
}

/** Addresses of repositories may carry credentials. */
function withoutUser(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
