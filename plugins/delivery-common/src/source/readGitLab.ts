import { z } from 'zod';
import type { Commit, MergeRequest, SourceReference } from './schema';

/** A commit of GitLab's API (v4). @public */
export const gitLabCommitSchema = z.object({
  id: z.string(),
  title: z.string(),
  author_name: z.string(),
  committed_date: z.string().nullish(),
  created_at: z.string().nullish(),
  web_url: z.string().optional(),
  parent_ids: z.array(z.string()).optional(),
});

/** A tag or a branch of GitLab's API. @public */
export const gitLabReferenceSchema = z.object({
  name: z.string(),
  commit: gitLabCommitSchema,
});

/** A merge request of GitLab's API. @public */
export const gitLabMergeRequestSchema = z.object({
  iid: z.number().int(),
  title: z.string(),
  state: z.enum(['opened', 'merged', 'closed', 'locked']),
  author: z.object({ name: z.string() }).nullish(),
  source_branch: z.string(),
  target_branch: z.string(),
  draft: z.boolean().optional(),
  created_at: z.string(),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
  sha: z.string().nullish(),
  web_url: z.string(),
});

/** @public */
export type GitLabMergeRequest = z.infer<typeof gitLabMergeRequestSchema>;

/** Instants of GitLab carry the offset of whoever committed. */
function instant(text: string | null | undefined): string {
  const milliseconds = Date.parse(text ?? '');
  return Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString();
}

/** @public */
export function readCommit(commit: z.infer<typeof gitLabCommitSchema>): Commit {
  return {
    id: commit.id,
    title: commit.title,
    author: commit.author_name,
    at: instant(commit.committed_date ?? commit.created_at),
    ...(commit.web_url && { url: commit.web_url }),
  };
}

/** @public */
export function readReference(
  reference: z.infer<typeof gitLabReferenceSchema>,
): SourceReference {
  return { name: reference.name, commit: readCommit(reference.commit) };
}

/** @public */
export function readMergeRequest(request: GitLabMergeRequest): MergeRequest {
  const mergedAt = instant(request.merged_at);
  return {
    number: request.iid,
    title: request.title,
    state: request.state,
    author: request.author?.name ?? '',
    sourceBranch: request.source_branch,
    targetBranch: request.target_branch,
    isDraft: request.draft ?? false,
    createdAt: instant(request.created_at),
    ...(mergedAt && { mergedAt }),
    url: request.web_url,
  };
}

/**
 * Of merged requests, those that brought some of the commits.
 *
 * @public
 */
export function requestsOfCommits(
  requests: readonly GitLabMergeRequest[],
  commits: readonly Commit[],
): MergeRequest[] {
  const ids = new Set(commits.map(({ id }) => id));
  return requests
    .filter(({ merge_commit_sha, squash_commit_sha, sha }) =>
      [merge_commit_sha, squash_commit_sha, sha].some(
        id => typeof id === 'string' && ids.has(id),
      ),
    )
    .map(readMergeRequest);
}
