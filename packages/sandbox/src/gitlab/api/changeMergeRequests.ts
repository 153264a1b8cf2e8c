import { signatures } from '../git/edit';
import { baseOf, mergedTree } from '../git/merging';
import { afterMergeRequest, afterPush } from '../hooks';
import { fullPath, type MergeRequest, type Project } from '../model';
import {
  flag,
  notFound,
  openProject,
  refuse,
  Refusal,
  required,
  text,
  words,
  type Answer,
  type Call,
} from './Call';
import { isDraft, mergeRequestShape } from './mergeRequestShape';

/** @throws Refusal without such a merge request */
export function requestOf(project: Project, iid: string): MergeRequest {
  const found = project.mergeRequests.find(each => String(each.iid) === iid);
  if (!found) throw notFound('Merge Request');
  return found;
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
  const attributes = await mergeRequestShape(call, project, request);
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

/** Opens a merge request. */
export async function createMergeRequest(
  call: Call,
  id: string,
): Promise<Answer> {
  const project = await openProject(call, id);
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
  return { status: 201, body: await mergeRequestShape(call, project, request) };
}

/** Changes, closes or opens one again. */
export async function updateMergeRequest(
  call: Call,
  id: string,
  iid: string,
): Promise<Answer> {
  const project = await openProject(call, id);
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
  return { body: await mergeRequestShape(call, project, request) };
}

/** Merges one. */
export async function acceptMergeRequest(
  call: Call,
  id: string,
  iid: string,
): Promise<Answer> {
  const project = await openProject(call, id);
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
  return { body: await mergeRequestShape(call, project, request) };
}
