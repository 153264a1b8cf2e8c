import type { Reference } from '../git/Repository';
import { GitError } from '../git/runGit';
import { afterPush } from '../hooks';
import type { Project } from '../model';
import {
  notFound,
  paged,
  projectOf,
  refuse,
  required,
  text,
  type Answer,
  type Call,
  type Route,
} from './Call';
import { commitShape, projectUrl } from './shapes';

function branchShape(
  call: Call,
  project: Project,
  { name, commit }: Reference,
) {
  const isDefault = project.defaultBranch === name;
  return {
    name,
    commit: commitShape(call.base, project, commit),
    merged: false,
    protected: isDefault || project.protectedBranches.includes(name),
    developers_can_push: false,
    developers_can_merge: false,
    can_push: !call.user.readsOnly,
    default: isDefault,
    web_url: `${projectUrl(call.base, project)}/-/tree/${name}`,
  };
}

function tagShape(call: Call, project: Project, { name, commit }: Reference) {
  return {
    name,
    message: '',
    target: commit.id,
    commit: commitShape(call.base, project, commit),
    release: null,
    protected: false,
    created_at: null,
  };
}

const kinds = {
  branches: { kind: 'heads', what: 'Branch', shape: branchShape },
  tags: { kind: 'tags', what: 'Tag', shape: tagShape },
} as const;

type Kind = keyof typeof kinds;

const isKind = (word: string): word is Kind => word in kinds;

function kindOf(word: string): Kind {
  if (!isKind(word)) throw notFound('Reference');
  return word;
}

/** Texts that start with `^` or end in `$` are anchored, as in GitLab. */
function matches(name: string, search: string): boolean {
  const plain = search.replace(/^\^|\$$/g, '').toLowerCase();
  const low = name.toLowerCase();
  const starts = !search.startsWith('^') || low.startsWith(plain);
  const ends = !search.endsWith('$') || low.endsWith(plain);
  return low.includes(plain) && starts && ends;
}

async function list(call: Call, id: string, word: string): Promise<Answer> {
  const { kind, shape } = kinds[kindOf(word)];
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const found = (await repository.list(kind)).filter(({ name }) =>
    matches(name, text(call, 'search') ?? ''),
  );
  const isByName = kind === 'heads' || text(call, 'order_by') === 'name';
  found.sort((left, right) =>
    isByName
      ? left.name.localeCompare(right.name, 'en')
      : left.commit.committedAt.localeCompare(right.commit.committedAt) ||
        left.name.localeCompare(right.name, 'en'),
  );
  const direction = text(call, 'sort') ?? (isByName ? 'asc' : 'desc');
  if (direction === 'desc') found.reverse();
  return paged(call, found, each => shape(call, project, each));
}

async function find(
  call: Call,
  id: string,
  word: string,
  name: string,
): Promise<Answer> {
  const { kind, what, shape } = kinds[kindOf(word)];
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const commit = await repository.resolve(`refs/${kind}/${name}`);
  if (!commit) throw notFound(what);
  return {
    body: shape(call, project, {
      name,
      commit: await repository.commit(commit),
    }),
  };
}

async function create(call: Call, id: string, word: string): Promise<Answer> {
  const { kind, shape } = kinds[kindOf(word)];
  const isTag = kind === 'tags';
  const [name, from] = required(call, isTag ? 'tag_name' : 'branch', 'ref');
  const project = projectOf(call, id);
  return call.forge.alone(project, async () => {
    const repository = await call.forge.repository(project);
    const full = `refs/${kind}/${name}`;
    if (!(await repository.isValidName(name))) {
      throw refuse(400, isTag ? 'Tag name invalid' : 'Branch name is invalid');
    }
    if (await repository.resolve(full)) {
      throw refuse(
        400,
        isTag ? `Tag ${name} already exists` : 'Branch already exists',
      );
    }
    const commit = await repository.resolve(from);
    if (!commit) {
      throw refuse(
        400,
        isTag ? `Target ${from} is invalid` : `Invalid reference name: ${from}`,
      );
    }
    try {
      await repository.run(['update-ref', full, commit, '']);
    } catch (error) {
      // A branch `a` keeps `a/b` from being one.
      if (error instanceof GitError)
        throw refuse(400, `Failed to create ${name}`);
      throw error;
    }
    const change = { name: full, before: undefined, after: commit };
    await afterPush(call.forge, call.base, project, call.user, [change]);
    const made = { name, commit: await repository.commit(commit) };
    return { status: 201, body: shape(call, project, made) };
  });
}

async function remove(
  call: Call,
  id: string,
  word: string,
  name: string,
): Promise<Answer> {
  const { kind, what } = kinds[kindOf(word)];
  const project = projectOf(call, id);
  return call.forge.alone(project, async () => {
    const repository = await call.forge.repository(project);
    const full = `refs/${kind}/${name}`;
    const before = await repository.resolve(full);
    if (!before) throw notFound(what);
    if (kind === 'heads' && name === project.defaultBranch) {
      throw refuse(403, 'Cannot remove HEAD branch');
    }
    await repository.run(['update-ref', '-d', full]);
    const change = { name: full, before, after: undefined };
    await afterPush(call.forge, call.base, project, call.user, [change]);
    return { status: 204 };
  });
}

async function protect(call: Call, id: string): Promise<Answer> {
  const project = projectOf(call, id);
  const [name] = required(call, 'name');
  if (project.protectedBranches.includes(name)) {
    throw refuse(409, `Protected branch '${name}' already exists`);
  }
  project.protectedBranches.push(name);
  return { status: 201, body: { id: call.forge.nextId(), name } };
}

const LIST = /^\/projects\/([^/]+)\/repository\/(branches|tags)$/;
const ONE = /^\/projects\/([^/]+)\/repository\/(branches|tags)\/(.+)$/;

/** Branches and tags. */
export const referenceRoutes: readonly Route[] = [
  ['GET', LIST, list],
  ['POST', LIST, create],
  ['GET', ONE, find],
  ['DELETE', ONE, remove],
  ['POST', /^\/projects\/([^/]+)\/protected_branches$/, protect],
  [
    'GET',
    /^\/projects\/([^/]+)\/protected_branches$/,
    (call, id) =>
      paged(call, projectOf(call, id).protectedBranches, name => ({ name })),
  ],
];
