import { mergedTree } from '../git/merging';
import type { Repository } from '../git/Repository';
import { fullPath, type MergeRequest, type Project, type User } from '../model';
import { timeText, type Call } from './Call';
import { projectUrl, userShape } from './shapes';

/** Whether a title says that it is not to be merged yet. */
export const isDraft = ({ title }: MergeRequest) =>
  /^(draft|wip):/i.test(title);

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

/** A merge request. */
export async function mergeRequestShape(
  call: Call,
  project: Project,
  request: MergeRequest,
) {
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
