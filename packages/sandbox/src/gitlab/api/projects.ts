import { makeCommit } from '../git/edit';
import { fullPath, type Namespace, type Project } from '../model';
import {
  flag,
  notFound,
  paged,
  projectOf,
  refuse,
  Refusal,
  text,
  words,
  type Answer,
  type Call,
  type Route,
} from './Call';
import { projectShape } from './shapes';
import { visibilityOf } from './visibility';

/** Parameters that are kept as they came and said again. */
const kept = [
  'auto_devops_enabled',
  'ci_config_path',
  'merge_method',
  'squash_option',
  'only_allow_merge_if_all_discussions_are_resolved',
  'only_allow_merge_if_pipeline_succeeds',
  'allow_merge_on_skipped_pipeline',
  'remove_source_branch_after_merge',
  'build_timeout',
];

const settingsOf = ({ parameters }: Call) =>
  Object.fromEntries(
    kept.flatMap(name =>
      name in parameters ? [[name, parameters[name]]] : [],
    ),
  );

const taken = () =>
  refuse(400, {
    'project_namespace.name': ['has already been taken'],
    name: ['has already been taken'],
    path: ['has already been taken'],
  });

function checkPath(call: Call, namespace: Namespace, path: string): void {
  if (
    !/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(path) ||
    /\.(git|atom)$/.test(path)
  ) {
    throw refuse(400, {
      path: [
        "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'",
      ],
    });
  }
  if (call.forge.project(`${namespace.path}/${path}`)) throw taken();
}

function namespaceFor(call: Call): Namespace {
  const id = text(call, 'namespace_id') ?? call.user.username;
  const found = call.forge.namespace(id);
  if (!found) throw refuse(400, { namespace: ['is not valid'] });
  const isOwn = found.kind === 'group' || found.path === call.user.username;
  if (!isOwn && !call.user.isAdmin) throw refuse(403, '403 Forbidden');
  return found;
}

async function create(call: Call): Promise<Answer> {
  const name = text(call, 'name') ?? text(call, 'path');
  if (name === undefined) {
    throw new Refusal(400, {
      error: 'name, path are missing, at least one parameter must be provided',
    });
  }
  const namespace = namespaceFor(call);
  const path =
    text(call, 'path') ?? name.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-');
  checkPath(call, namespace, path);
  const { forge, user } = call;
  const project = forge.create({
    namespace,
    path,
    name,
    description: text(call, 'description') ?? '',
    visibility: visibilityOf(call, 'private'),
    defaultBranch: text(call, 'default_branch') ?? 'main',
    topics: words(call, 'topics') ?? words(call, 'tag_list') ?? [],
    creator: user,
    settings: settingsOf(call),
  });
  if (flag(call, 'initialize_with_readme')) {
    const repository = await forge.repository(project);
    const commit = await makeCommit(repository, {
      actions: [
        {
          action: 'create',
          path: 'README.md',
          content: Buffer.from(`# ${name}\n\n${project.description}\n`),
        },
      ],
      parent: undefined,
      message: 'Initial commit',
      author: user,
      committer: user,
      time: forge.now(),
    });
    const branch = `refs/heads/${project.defaultBranch}`;
    await repository.run(['update-ref', branch, commit]);
  }
  return { status: 201, body: projectShape(call.base, project) };
}

const orders: Readonly<Record<string, (project: Project) => number | string>> =
  {
    id: ({ id }) => id,
    name: ({ name }) => name,
    path: ({ path }) => path,
    created_at: ({ createdAt, id }) => createdAt + id / 1e6,
    last_activity_at: ({ lastActivityAt, id }) => lastActivityAt + id / 1e6,
  };

function list(call: Call): Answer {
  const wanted = (text(call, 'search') ?? '').toLowerCase();
  const isDeep = flag(call, 'search_namespaces') || wanted.includes('/');
  const topic = text(call, 'topic');
  const isArchived = text(call, 'archived');
  const isMine = flag(call, 'membership') && !call.user.isAdmin;
  const found = call.forge
    .projects()
    .filter(
      project =>
        (isDeep ? fullPath(project) : `${project.path} ${project.name}`)
          .toLowerCase()
          .includes(wanted) &&
        (topic === undefined || project.topics.includes(topic)) &&
        (isArchived === undefined ||
          String(project.isArchived) === isArchived) &&
        (!isMine || project.members.some(({ user }) => user === call.user)),
    );
  const key =
    orders[text(call, 'order_by') ?? 'created_at'] ?? orders.created_at;
  const direction = text(call, 'sort') === 'asc' ? 1 : -1;
  found.sort((left, right) => {
    const [a, b] = [key(left), key(right)];
    if (a === b) return 0;
    return a < b ? -direction : direction;
  });
  return paged(call, found, project => projectShape(call.base, project));
}

async function update(call: Call, id: string): Promise<Answer> {
  const project = projectOf(call, id);
  const path = text(call, 'path');
  if (path !== undefined && path !== project.path) {
    checkPath(call, project.namespace, path);
    project.path = path;
  }
  project.name = text(call, 'name') ?? project.name;
  project.description = text(call, 'description') ?? project.description;
  project.visibility = visibilityOf(call, project.visibility);
  project.topics = words(call, 'topics') ?? project.topics;
  project.settings = { ...project.settings, ...settingsOf(call) };
  const branch = text(call, 'default_branch');
  if (branch !== undefined) {
    const repository = await call.forge.repository(project);
    if (!(await repository.resolve(`refs/heads/${branch}`))) {
      throw refuse(400, {
        base: [`Could not change HEAD: branch '${branch}' does not exist`],
      });
    }
    await repository.run(['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
    project.defaultBranch = branch;
  }
  return { body: projectShape(call.base, project) };
}

function archive(isArchived: boolean) {
  return (call: Call, id: string): Answer => {
    const project = projectOf(call, id);
    project.isArchived = isArchived;
    return { status: 201, body: projectShape(call.base, project) };
  };
}

/** Projects themselves. */
export const projectRoutes: readonly Route[] = [
  ['GET', /^\/projects$/, list],
  ['POST', /^\/projects$/, create],
  [
    'GET',
    /^\/projects\/([^/]+)$/,
    async (call, id) => {
      const project = projectOf(call, id);
      const repository = await call.forge.repository(project);
      const isEmpty = (await repository.references()).size === 0;
      const shape = projectShape(call.base, project);
      return {
        body: {
          ...shape,
          // GitLab has no default branch before the first push.
          ...(isEmpty ? { default_branch: null, readme_url: null } : {}),
          empty_repo: isEmpty,
        },
      };
    },
  ],
  ['PUT', /^\/projects\/([^/]+)$/, update],
  [
    'DELETE',
    /^\/projects\/([^/]+)$/,
    async (call, id) => {
      const project = projectOf(call, id);
      const mayDelete =
        call.user.isAdmin ||
        project.members.some(
          ({ user, accessLevel }) => user === call.user && accessLevel >= 50,
        );
      if (!mayDelete) throw refuse(403, '403 Forbidden');
      await call.forge.remove(project);
      return { status: 202, body: { message: '202 Accepted' } };
    },
  ],
  ['POST', /^\/projects\/([^/]+)\/archive$/, archive(true)],
  ['POST', /^\/projects\/([^/]+)\/unarchive$/, archive(false)],
  [
    'GET',
    /^\/projects\/([^/]+)\/languages$/,
    (call, id) => {
      const [language] = projectOf(call, id).topics;
      if (language === undefined) throw notFound('Language');
      return { body: { [language]: 100 } };
    },
  ],
];
