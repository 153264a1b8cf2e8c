import { EditRefusal, makeCommit, type FileAction } from '../git/edit';
import { EMPTY_TREE, type Repository } from '../git/Repository';
import { GitError } from '../git/runGit';
import { afterPush } from '../hooks';
import type { Project } from '../model';
import {
  flag,
  notFound,
  pageHeaders,
  pageOf,
  paged,
  projectOf,
  refuse,
  Refusal,
  required,
  text,
  type Answer,
  type Call,
  type Route,
} from './Call';
import { commitShape, diffShape, projectUrl } from './shapes';

/** Id of a commit by branch, tag or id. @throws Refusal without one */
export async function commitOf(
  repository: Repository,
  name: string,
): Promise<string> {
  const id = await repository.resolve(name);
  if (!id) throw notFound('Commit');
  return id;
}

async function list(call: Call, id: string): Promise<Answer> {
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const name = text(call, 'ref_name') || project.defaultBranch;
  const [from, to] = name.split(/\.{2,3}/);
  const isThere =
    (await repository.resolve(from)) &&
    (to === undefined || (await repository.resolve(to)));
  // GitLab finds no commits where there is no such reference.
  if (!isThere) {
    if (text(call, 'ref_name') === undefined) return { body: [] };
    throw notFound('Commit');
  }
  const { skip, size } = pageOf(call);
  const limit = (parameter: string, word: string) => {
    const value = text(call, parameter);
    return value === undefined ? [] : [`--${word}=${value}`];
  };
  const found = await repository.log(name, {
    skip,
    count: size + 1,
    path: text(call, 'path'),
    words: [
      ...limit('since', 'since'),
      ...limit('until', 'until'),
      ...limit('author', 'author'),
      ...(flag(call, 'first_parent') ? ['--first-parent'] : []),
    ],
  });
  return {
    body: found
      .slice(0, size)
      .map(commit => commitShape(call.base, project, commit)),
    // Commits are not counted, as GitLab does not either.
    headers: pageHeaders(call, found.length > size, undefined),
  };
}

async function stats(repository: Repository, id: string, parent: string) {
  const lines = await repository.run([
    'diff-tree',
    '-r',
    '--numstat',
    parent,
    id,
  ]);
  const numbers = lines.split('\n').map(line => line.split('\t').map(Number));
  const sum = (column: number) =>
    numbers.reduce((total, each) => total + (each[column] || 0), 0);
  const [additions, deletions] = [sum(0), sum(1)];
  return { additions, deletions, total: additions + deletions };
}

async function fullShape(
  call: Call,
  project: Project,
  repository: Repository,
  id: string,
) {
  const commit = await repository.commit(id);
  return {
    ...commitShape(call.base, project, commit),
    stats: await stats(repository, id, commit.parents[0] ?? EMPTY_TREE),
    status: null,
    project_id: project.id,
    last_pipeline: null,
  };
}

async function find(call: Call, id: string, name: string): Promise<Answer> {
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const commit = await commitOf(repository, name);
  return { body: await fullShape(call, project, repository, commit) };
}

async function diff(call: Call, id: string, name: string): Promise<Answer> {
  const repository = await call.forge.repository(projectOf(call, id));
  const commit = await repository.commit(await commitOf(repository, name));
  const from = commit.parents[0] ?? EMPTY_TREE;
  return paged(call, await repository.diff(from, commit.id), diffShape);
}

async function references(
  call: Call,
  id: string,
  name: string,
): Promise<Answer> {
  const repository = await call.forge.repository(projectOf(call, id));
  const commit = await commitOf(repository, name);
  const lines = await repository.run([
    'for-each-ref',
    '--contains',
    commit,
    '--format=%(refname)',
  ]);
  const wanted = text(call, 'type') ?? 'all';
  const found = lines
    .split('\n')
    .filter(Boolean)
    .map(full => ({
      type: full.startsWith('refs/tags/') ? 'tag' : 'branch',
      name: full.replace(/^refs\/(heads|tags)\//, ''),
    }))
    .filter(({ type }) => wanted === 'all' || wanted === type);
  return paged(call, found, each => each);
}

async function compare(call: Call, id: string): Promise<Answer> {
  const [from, to] = required(call, 'from', 'to');
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const ends = [await repository.resolve(from), await repository.resolve(to)];
  const [start, end] = ends;
  if (!start || !end) throw notFound('Ref');
  const commits = await repository.log(`${start}..${end}`, {});
  let origin = start;
  if (!flag(call, 'straight')) {
    try {
      origin = (await repository.run(['merge-base', start, end])).trim();
    } catch (error) {
      // Histories that share nothing are compared as they are.
      if (!(error instanceof GitError)) throw error;
    }
  }
  const shapes = commits
    .reverse()
    .map(commit => commitShape(call.base, project, commit));
  return {
    body: {
      commit: shapes.at(-1) ?? null,
      commits: shapes,
      diffs: (await repository.diff(origin, end)).map(diffShape),
      compare_timeout: false,
      compare_same_ref: start === end,
      web_url: `${projectUrl(call.base, project)}/-/compare/${from}...${to}`,
    },
  };
}

const verbs: readonly string[] = [
  'create',
  'update',
  'delete',
  'move',
  'chmod',
];

const isVerb = (word: unknown): word is FileAction['action'] =>
  typeof word === 'string' && verbs.includes(word);

function actionOf(entry: unknown): FileAction {
  const value: Record<string, unknown> =
    typeof entry === 'object' && entry !== null ? { ...entry } : {};
  const { action, file_path: path, content, previous_path: previous } = value;
  if (!isVerb(action)) {
    throw new Refusal(400, {
      error: 'actions[0][action] does not have a valid value',
    });
  }
  if (typeof path !== 'string' || path === '') {
    throw new Refusal(400, { error: 'actions[0][file_path] is missing' });
  }
  const encoding = value.encoding === 'base64' ? 'base64' : 'utf8';
  return {
    action,
    path,
    ...(typeof previous === 'string' ? { previousPath: previous } : {}),
    ...(typeof content === 'string'
      ? { content: Buffer.from(content, encoding) }
      : {}),
    ...(typeof value.execute_filemode === 'boolean'
      ? { executable: value.execute_filemode }
      : {}),
  };
}

/** Commits actions to a branch, which may be new, and answers the commit's id. */
export async function commitActions(
  call: Call,
  project: Project,
  actions: readonly FileAction[],
): Promise<string> {
  const [branch, message] = required(call, 'branch', 'commit_message');
  const { forge, user } = call;
  return forge.alone(project, async () => {
    const repository = await forge.repository(project);
    const full = `refs/heads/${branch}`;
    const before = await repository.resolve(full);
    const start = text(call, 'start_branch') ?? text(call, 'start_sha');
    const isEmpty = (await repository.references()).size === 0;
    if (!before && start === undefined && !isEmpty) {
      throw refuse(
        400,
        'You can only create or edit files when you are on a branch',
      );
    }
    if (
      before &&
      start !== undefined &&
      start !== branch &&
      !flag(call, 'force')
    ) {
      throw refuse(
        400,
        `A branch called '${branch}' already exists. Switch to that branch in order to make changes`,
      );
    }
    if (!before && !(await repository.isValidName(branch))) {
      throw refuse(400, 'Branch name is invalid');
    }
    const parent = start ? await repository.resolve(start) : before;
    if (start !== undefined && !parent) {
      throw refuse(400, `Invalid reference name: ${start}`);
    }
    try {
      const commit = await makeCommit(repository, {
        actions,
        parent,
        message: message.endsWith('\n') ? message : `${message}\n`,
        author: {
          name: text(call, 'author_name') ?? user.name,
          email: text(call, 'author_email') ?? user.email,
        },
        committer: user,
        time: forge.now(),
      });
      await repository.run(['update-ref', full, commit, before ?? '']);
      const change = { name: full, before, after: commit };
      await afterPush(forge, call.base, project, user, [change]);
      return commit;
    } catch (error) {
      if (error instanceof EditRefusal) throw refuse(400, error.message);
      throw error;
    }
  });
}

async function create(call: Call, id: string): Promise<Answer> {
  const project = projectOf(call, id);
  required(call, 'branch', 'commit_message');
  const { actions } = call.parameters;
  if (!Array.isArray(actions)) {
    throw new Refusal(400, { error: 'actions is missing' });
  }
  const commit = await commitActions(call, project, actions.map(actionOf));
  const repository = await call.forge.repository(project);
  return {
    status: 201,
    body: await fullShape(call, project, repository, commit),
  };
}

const ALL = /^\/projects\/([^/]+)\/repository\/commits$/;

/** Commits, and what differs between them. */
export const commitRoutes: readonly Route[] = [
  ['GET', ALL, list],
  ['POST', ALL, create],
  ['GET', /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/diff$/, diff],
  [
    'GET',
    /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/refs$/,
    references,
  ],
  ['GET', /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)$/, find],
  ['GET', /^\/projects\/([^/]+)\/repository\/compare$/, compare],
];
