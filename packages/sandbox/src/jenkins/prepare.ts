import type { Forge } from '../gitlab';
import type { Commit, Repository } from '../gitlab/git/Repository';
import { GitError, GitMissing } from '../gitlab/git/runGit';
import type { Project } from '../gitlab/model';
import type { Effects } from '../simulator';
import type { Build } from './model';

/** The source of a build, read before it runs. */
export interface Source {
  url: string;
  revision: string;
  branch: string;
  message: string;
  script: string;
  /** Commits by the full names of their references, and those that are known. */
  references: ReadonlyMap<string, string>;
  commits: ReadonlyMap<string, Commit>;
  /** What changed since another commit was built, newest first. */
  changesSince(revision: string | undefined): Commit[];
}

/** Why there is no source, as a console shows it. */
export class SourceError extends Error {}

const KNOWN_COMMITS = 400;

/** The project that a clone address leads to, whatever host it names. */
function projectAt(forge: Forge, url: string): Project | undefined {
  const path = /^(?:\w+:\/\/[^/]+\/|[\w.-]+@[^:/]+:)(.+?)(?:\.git)?\/?$/.exec(
    url,
  )?.[1];
  return path === undefined
    ? undefined
    : forge.project(path.replace(/^gitlab\//, ''));
}

async function resolve(repository: Repository, name: string) {
  const plain = name.replace(/^(\*\*?|origin|refs\/remotes\/origin)\//, '');
  const names = plain.startsWith('refs/')
    ? [plain]
    : [`refs/heads/${plain}`, `refs/tags/${plain}`, plain];
  for (const each of names) {
    const revision = await repository.resolve(each);
    if (revision)
      return { revision, branch: plain.replace(/^refs\/(heads|tags)\//, '') };
  }
  return undefined;
}

/** The newest commits of everything, by id. */
async function known(repository: Repository): Promise<Map<string, Commit>> {
  const commits = await repository.log('HEAD', {
    count: KNOWN_COMMITS,
    words: ['--all'],
  });
  return new Map(commits.map(commit => [commit.id, commit]));
}

function changes(
  commits: ReadonlyMap<string, Commit>,
  from: string,
  to: string | undefined,
): Commit[] {
  const found: Commit[] = [];
  let next = commits.get(from);
  while (to !== undefined && next && next.id !== to && found.length < 50) {
    found.push(next);
    next = commits.get(next.parents[0] ?? '');
  }
  // A commit that is no ancestor of what was built before says nothing of changes.
  return next?.id === to ? found : [];
}

/**
 * Fetches what a build needs of its repository.
 *
 * @throws SourceError with what the console shows
 */
export async function prepareSource(
  forge: Forge,
  effects: Pick<Effects, 'gitlab'>,
  build: Build,
): Promise<Source> {
  const { config } = build.job;
  const url = config.repositoryUrl ?? '';
  const cannot = (why: string) =>
    new SourceError(
      `ERROR: Error cloning remote repo 'origin'\nhudson.plugins.git.GitException: Command "git fetch --tags --force --progress -- ${url} +refs/heads/*:refs/remotes/origin/*" returned status code 128:\nstdout: \nstderr: ${why}\n`,
    );
  if (effects.gitlab === 'down') {
    throw cannot(
      `fatal: unable to access '${url}/': The requested URL returned error: 502`,
    );
  }
  const project = projectAt(forge, url);
  if (!project)
    throw cannot(
      `remote: The project you were looking for could not be found or you don't have permission to view it.\nfatal: repository '${url}/' not found`,
    );
  try {
    const repository = await forge.repository(project);
    const wanted = config.branch.replace(/\$\{?(\w+)\}?/g, (_, name: string) =>
      String(build.parameters.get(name) ?? ''),
    );
    const found = await resolve(repository, wanted);
    if (!found)
      throw new SourceError(
        `ERROR: Couldn't find any revision to build. Verify the repository and branch configuration for this job.\n`,
      );
    const { revision, branch } = found;
    const file =
      config.script === undefined
        ? await repository.file(revision, config.scriptPath)
        : undefined;
    if (config.script === undefined && !file) {
      throw new SourceError(
        `ERROR: Unable to find ${config.scriptPath} from git ${url}\n`,
      );
    }
    const commits = await known(repository);
    return {
      url,
      revision,
      branch,
      message: commits.get(revision)?.title ?? '',
      script: config.script ?? file?.content.toString() ?? '',
      references: await repository.references(),
      commits,
      changesSince: before => changes(commits, revision, before),
    };
  } catch (error) {
    if (error instanceof GitMissing || error instanceof GitError)
      throw cannot(error.message);
    throw error;
  }
}
