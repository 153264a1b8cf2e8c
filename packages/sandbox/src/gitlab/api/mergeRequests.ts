import { signatures } from '../git/edit';
import type { Repository } from '../git/Repository';
import { GitError } from '../git/runGit';
import { afterMergeRequest, afterPush } from '../hooks';
import { fullPath, type MergeRequest, type Project, type User } from '../model';
import {
  flag,
  notFound,
  paged,
  projectOf,
  refuse,
  Refusal,
  required,
  text,
  timeText,
  words,
  type Answer,
  type Call,
  type Route,
} from './Call';
import { commitShape, diffShape, projectUrl, userShape } from './shapes';

/** Id of the tree that a merge would have; undefined when the sides contradict each other. */
async function mergedTree(
  repository: Repository,
  target: string,
  source: string,
): Promise<string | undefined> {
  try {
    const output = await repository.run([
      'merge-tree',
      '--write-tree',
      target,
      source,
    ]);
    return output.split('\n')[0];
  } catch (error) {
    if (error instanceof GitError && error.code === 1) return undefined;
    throw error;
  }
}

async function baseOf(repository: Repository, target: string, source: string) {
  try {
    return (await repository.run(['merge-base', target, source])).trim();
  } catch (error) {
    if (error instanceof GitError) return target;
    throw error;
  }
}

const isDraft = ({ title }: MergeRequest) => /^(draft|wip):/i.test(title);

async function statusOf(repository: Repository, request: MergeRequest) {
  if (request.state !== 'opened') return 'not_open';
  const target = await repository.resolve(`refs/heads/${request.targetBranch}`);
  const source = await repository.resolve(`refs/heads/${request.sourceBranch}`);
  if (!target || !source) return 'broken_status';
  if (isDraft(request)) return 'draft_status';
  return (await mergedTree(repository, target, source))
    ? 'mergeable'
    : 'conflict';
}

async function shape(call: Call, project: Project, request: MergeRequest) {
  const repository = await call.forge.repository(project);
  const { base } = call;
  const by = (user: User) => userShape(base, user);
  const status = await statusOf(repository, request);
  const { state, ended, head } = request;
  const when = (wanted: string) => ({
    by: state === wanted && ended ? by(ended.by) : null,
    at: state === wanted && ended ? timeText(ended.at) : null,
  });
  return {
    id: request.id,
    iid: request.iid,
    project_id: project.id,
    title: request.title,
    description: request.description,
    state,
    created_at: timeText(request.createdAt),
    updated_at: timeText(request.updatedAt),
    merged_by: when('merged').by,
    merge_user: when('merged').by,
    merged_at: when('merged').at,
    closed_by: when('closed').by,
    closed_at: when('closed').at,
    target_branch: request.targetBranch,
    source_branch: request.sourceBranch,
    user_notes_count: 0,
    upvotes: 0,
    downvotes: 0,
    author: by(request.author),
    assignees: request.assignees.map(by),
    assignee: request.assignees[0] ? by(request.assignees[0]) : null,
    reviewers: request.reviewers.map(by),
    source_project_id: project.id,
    target_project_id: project.id,
    labels: request.labels,
    draft: isDraft(request),
    work_in_progress: isDraft(request),
    milestone: null,
    merge_when_pipeline_succeeds: false,
    merge_status:
      status === 'mergeable' || state !== 'opened'
        ? 'can_be_merged'
        : 'cannot_be_merged',
    detailed_merge_status: status,
    has_conflicts: status === 'conflict',
    sha: head,
    merge_commit_sha: request.mergeCommit ?? null,
    squash_commit_sha: request.squashCommit ?? null,
    squash: request.squash,
    should_remove_source_branch: null,
    force_remove_source_branch: request.removesSourceBranch,
    references: {
      short: `!${request.iid}`,
      relative: `!${request.iid}`,
      full: `${fullPath(project)}!${request.iid}`,
    },
    web_url: `${projectUrl(base, project)}/-/merge_requests/${request.iid}`,
    diff_refs: {
      base_sha: request.base,
      head_sha: head,
      start_sha: request.base,
    },
  };
}

function requestOf(project: Project, iid: string): MergeRequest {
  const found = project.mergeRequests.find(each => String(each.iid) === iid);
  if (!found) throw notFound('Merge Request');
  return found;
}

function selected(call: Call, projects: readonly Project[]) {
  const state = text(call, 'state') ?? 'all';
  const scope = text(call, 'scope') ?? 'all';
  const search = (text(call, 'search') ?? '').toLowerCase();
  const is = (name: string, value: string) =>
    [undefined, value].includes(text(call, name));
  const author = text(call, 'author_username');
  return projects
    .flatMap(project =>
      project.mergeRequests.map(request => ({ project, request })),
    )
    .filter(
      ({ request }) =>
        (state === 'all' || request.state === state) &&
        (!scope.startsWith('created') || request.author === call.user) &&
        (!scope.startsWith('assigned') ||
          request.assignees.includes(call.user)) &&
        is('source_branch', request.sourceBranch) &&
        is('target_branch', request.targetBranch) &&
        (author === undefined || request.author.username === author) &&
        request.title.toLowerCase().includes(search),
    )
    .sort((left, right) => right.request.id - left.request.id);
}

async function listOf(
  call: Call,
  projects: readonly Project[],
): Promise<Answer> {
  const answer = paged(call, selected(call, projects), each => each);
  const entries = selected(call, projects);
  const page = Array.isArray(answer.body) ? answer.body.length : 0;
  const skip =
    (Number(answer.headers?.['X-Page']) - 1) *
    Number(answer.headers?.['X-Per-Page']);
  return {
    ...answer,
    body: await Promise.all(
      entries
        .slice(skip, skip + page)
        .map(({ project, request }) => shape(call, project, request)),
    ),
  };
}

const people = (call: Call, name: string) =>
  (words(call, name) ?? []).flatMap(
    id => call.forge.users.find(user => String(user.id) === id) ?? [],
  );

async function tell(
  call: Call,
  project: Project,
  request: MergeRequest,
  action: string,
) {
  const attributes = await shape(call, project, request);
  const { iid, title, description, state, source_branch, target_branch } =
    attributes;
  afterMergeRequest(call.forge, call.base, project, call.user, {
    id: request.id,
    iid,
    title,
    description,
    state,
    source_branch,
    target_branch,
    action,
    url: attributes.web_url,
    merge_commit_sha: attributes.merge_commit_sha,
    last_commit: { id: request.head },
  });
}

async function create(call: Call, id: string): Promise<Answer> {
  const project = projectOf(call, id);
  const [source, target, title] = required(
    call,
    'source_branch',
    'target_branch',
    'title',
  );
  const { forge, user } = call;
  const repository = await forge.repository(project);
  const head = await repository.resolve(`refs/heads/${source}`);
  const into = await repository.resolve(`refs/heads/${target}`);
  const missing = [
    ...(head ? [] : [`Source branch "${source}" does not exist`]),
    ...(into ? [] : [`Target branch "${target}" does not exist`]),
    ...(source === target
      ? ["You can't use same project/branch for source and target"]
      : []),
  ];
  if (!head || !into || missing.length > 0) throw refuse(400, missing);
  const open = project.mergeRequests.find(
    each =>
      each.state === 'opened' &&
      each.sourceBranch === source &&
      each.targetBranch === target,
  );
  if (open) {
    throw refuse(409, [
      `Another open merge request already exists for this source branch: !${open.iid}`,
    ]);
  }
  const request: MergeRequest = {
    id: forge.nextId(),
    iid: project.mergeRequests.length + 1,
    title,
    description: text(call, 'description') ?? '',
    sourceBranch: source,
    targetBranch: target,
    state: 'opened',
    author: user,
    assignees: [
      ...people(call, 'assignee_id'),
      ...people(call, 'assignee_ids'),
    ],
    reviewers: people(call, 'reviewer_ids'),
    labels: words(call, 'labels') ?? [],
    squash: flag(call, 'squash'),
    removesSourceBranch: flag(call, 'remove_source_branch'),
    createdAt: forge.now(),
    updatedAt: forge.now(),
    head,
    base: await baseOf(repository, into, head),
  };
  project.mergeRequests.push(request);
  await tell(call, project, request, 'open');
  return { status: 201, body: await shape(call, project, request) };
}

async function update(call: Call, id: string, iid: string): Promise<Answer> {
  const project = projectOf(call, id);
  const request = requestOf(project, iid);
  const event = text(call, 'state_event');
  request.title = text(call, 'title') ?? request.title;
  request.description = text(call, 'description') ?? request.description;
  request.labels = words(call, 'labels') ?? request.labels;
  request.updatedAt = call.forge.now();
  if (event === 'close' && request.state === 'opened') {
    request.state = 'closed';
    request.ended = { by: call.user, at: request.updatedAt };
    await tell(call, project, request, 'close');
  } else if (event === 'reopen' && request.state === 'closed') {
    request.state = 'opened';
    request.ended = undefined;
    await tell(call, project, request, 'reopen');
  } else if (event !== undefined && event !== 'close' && event !== 'reopen') {
    throw new Refusal(400, {
      error: 'state_event does not have a valid value',
    });
  }
  return { body: await shape(call, project, request) };
}

async function merge(call: Call, id: string, iid: string): Promise<Answer> {
  const project = projectOf(call, id);
  const request = requestOf(project, iid);
  const { forge, user, base } = call;
  await forge.alone(project, async () => {
    const repository = await forge.repository(project);
    if (request.state !== 'opened' || isDraft(request)) {
      throw refuse(405, '405 Method Not Allowed');
    }
    const names = {
      target: `refs/heads/${request.targetBranch}`,
      source: `refs/heads/${request.sourceBranch}`,
    };
    const target = await repository.resolve(names.target);
    const source = await repository.resolve(names.source);
    if (!target || !source) throw refuse(405, '405 Method Not Allowed');
    const wanted = text(call, 'sha');
    if (wanted !== undefined && wanted !== source) {
      throw refuse(409, `SHA does not match HEAD of source branch: ${source}`);
    }
    const tree = await mergedTree(repository, target, source);
    if (!tree) throw refuse(422, 'Branch cannot be merged');
    const time = forge.now();
    const sign = signatures({ author: user, committer: user, time });
    const commit = async (message: string, parents: string[]) =>
      (
        await repository.run(
          ['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])],
          { input: `${message}\n`, environment: sign },
        )
      ).trim();
    request.base = await baseOf(repository, target, source);
    const squashes = flag(call, 'squash', request.squash);
    const second = squashes
      ? await commit(text(call, 'squash_commit_message') ?? request.title, [
          target,
        ])
      : source;
    const merged = await commit(
      text(call, 'merge_commit_message') ??
        `Merge branch '${request.sourceBranch}' into '${
          request.targetBranch
        }'\n\n${request.title}\n\nSee merge request ${fullPath(project)}!${
          request.iid
        }`,
      [target, second],
    );
    await repository.run(['update-ref', names.target, merged, target]);
    request.state = 'merged';
    request.ended = { by: user, at: time };
    request.updatedAt = time;
    request.head = source;
    request.mergeCommit = merged;
    if (squashes) request.squashCommit = second;
    const changes = [
      {
        name: names.target,
        before: target,
        after: merged as string | undefined,
      },
    ];
    if (
      flag(call, 'should_remove_source_branch', request.removesSourceBranch)
    ) {
      await repository.run(['update-ref', '-d', names.source]);
      changes.push({ name: names.source, before: source, after: undefined });
    }
    await afterPush(forge, base, project, user, changes);
  });
  await tell(call, project, request, 'merge');
  return { body: await shape(call, project, request) };
}

async function commits(call: Call, id: string, iid: string): Promise<Answer> {
  const project = projectOf(call, id);
  const { base, head } = requestOf(project, iid);
  const repository = await call.forge.repository(project);
  const found = await repository.log(`${base}..${head}`, {});
  return paged(call, found, commit => commitShape(call.base, project, commit));
}

async function diffs(call: Call, id: string, iid: string) {
  const project = projectOf(call, id);
  const { base, head } = requestOf(project, iid);
  return (await call.forge.repository(project)).diff(base, head);
}

const ALL = /^\/projects\/([^/]+)\/merge_requests$/;
const ONE = /^\/projects\/([^/]+)\/merge_requests\/(\d+)$/;

/** Merge requests within one project. */
export const mergeRequestRoutes: readonly Route[] = [
  ['GET', /^\/merge_requests$/, call => listOf(call, call.forge.projects())],
  ['GET', ALL, (call, id) => listOf(call, [projectOf(call, id)])],
  ['POST', ALL, create],
  [
    'GET',
    ONE,
    async (call, id, iid) => {
      const project = projectOf(call, id);
      const request = requestOf(project, iid);
      const changed = await diffs(call, id, iid);
      return {
        body: {
          ...(await shape(call, project, request)),
          changes_count: String(changed.length),
        },
      };
    },
  ],
  ['PUT', ONE, update],
  ['PUT', /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/merge$/, merge],
  ['GET', /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/commits$/, commits],
  [
    'GET',
    /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/diffs$/,
    async (call, id, iid) => paged(call, await diffs(call, id, iid), diffShape),
  ],
  [
    'GET',
    /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/changes$/,
    async (call, id, iid) => {
      const project = projectOf(call, id);
      return {
        body: {
          ...(await shape(call, project, requestOf(project, iid))),
          changes: (await diffs(call, id, iid)).map(diffShape),
          overflow: false,
        },
      };
    },
  ],
  [
    'GET',
    /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/merge_requests$/,
    async (call, id, name) => {
      const project = projectOf(call, id);
      const repository = await call.forge.repository(project);
      const commit = await repository.resolve(name);
      if (!commit) throw notFound('Commit');
      const found: MergeRequest[] = [];
      for (const request of project.mergeRequests) {
        const log = await repository.log(
          `${request.base}..${request.head}`,
          {},
        );
        const has = log.some(each => each.id === commit);
        if (has || request.mergeCommit === commit) found.push(request);
      }
      const shapes = await Promise.all(
        found.map(request => shape(call, project, request)),
      );
      return paged(call, shapes, each => each);
    },
  ],
];
