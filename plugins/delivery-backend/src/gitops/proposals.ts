import type { GitLabMergeRequest } from '@orrery/backstage-plugin-delivery-common';
import type { GitLabClient } from '../gitlab/GitLabClient';
import type { ManifestKey } from './editManifest';
import { branchPrefix } from './proposal';

/** Whether a merge request was made here for a workload. */
export function isProposalOf(
  { source_branch: branch }: GitLabMergeRequest,
  key: ManifestKey,
): boolean {
  const prefix = branchPrefix(key);
  // The name of a workload may begin with the whole name of another.
  return (
    branch.startsWith(prefix) && /^[0-9a-f]+$/.test(branch.slice(prefix.length))
  );
}

/** Merge requests that were made here for a workload, the newest first. */
export async function proposalsOf(
  gitlab: GitLabClient,
  project: string,
  key: ManifestKey,
  state: 'opened' | 'all',
): Promise<GitLabMergeRequest[]> {
  const requests = await gitlab.mergeRequests(project, {
    state,
    order_by: 'created_at',
  });
  return requests.filter(request => isProposalOf(request, key));
}

/** Those that wait to be merged. */
export function openProposals(
  gitlab: GitLabClient,
  project: string,
  key: ManifestKey,
): Promise<GitLabMergeRequest[]> {
  return proposalsOf(gitlab, project, key, 'opened');
}

/** How one stands, with the way to it. */
export function stateSentence({
  iid,
  state,
  web_url: url,
}: GitLabMergeRequest): string {
  return `Merge request !${iid} is ${
    state === 'opened' ? 'open' : state
  }: ${url}`;
}
