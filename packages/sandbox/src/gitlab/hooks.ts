import { randomUUID } from 'node:crypto';
import { postWebhook } from '../webhook';
import { projectUrl, userShape } from './api/shapes';
import type { Forge } from './Forge';
import { EMPTY_TREE, type Commit, type Repository } from './git/Repository';
import { fullPath, type HookEvent, type Project, type User } from './model';

/** How long GitLab waits for a webhook. */
const PATIENCE = 10_000;
const KEPT = 20;
const MOST_COMMITS = 20;
const NONE = '0'.repeat(40);

const titles: Readonly<Record<HookEvent, string>> = {
  push_events: 'Push Hook',
  tag_push_events: 'Tag Push Hook',
  merge_requests_events: 'Merge Request Hook',
};

function projectPart(base: string, project: Project) {
  const url = projectUrl(base, project);
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    web_url: url,
    git_http_url: `${url}.git`,
    http_url: `${url}.git`,
    namespace: project.namespace.name,
    path_with_namespace: fullPath(project),
    default_branch: project.defaultBranch,
  };
}

async function commitPart(
  base: string,
  project: Project,
  repository: Repository,
  commit: Commit,
) {
  const files = await repository.diff(
    commit.parents[0] ?? EMPTY_TREE,
    commit.id,
  );
  return {
    id: commit.id,
    message: commit.message,
    title: commit.title,
    timestamp: commit.committedAt,
    url: `${projectUrl(base, project)}/-/commit/${commit.id}`,
    author: { name: commit.authorName, email: commit.authorEmail },
    added: files.filter(({ isNew }) => isNew).map(({ newPath }) => newPath),
    modified: files
      .filter(({ isNew, isDeleted }) => !isNew && !isDeleted)
      .map(({ newPath }) => newPath),
    removed: files
      .filter(({ isDeleted }) => isDeleted)
      .map(({ oldPath }) => oldPath),
  };
}

/** Tells a project's webhooks what happened; nobody waits for them. */
export function tellHooks(
  forge: Forge,
  base: string,
  project: Project,
  event: HookEvent,
  payload: Record<string, unknown>,
): void {
  for (const hook of project.hooks.filter(each => each.events[event])) {
    const at = forge.now();
    const record = (status: string) => {
      const seconds = (forge.now() - at) / 1000;
      hook.deliveries.unshift({
        id: forge.nextId(),
        trigger: event,
        at,
        status,
        seconds,
      });
      hook.deliveries.length = Math.min(hook.deliveries.length, KEPT);
    };
    postWebhook(hook.url, payload, PATIENCE, {
      'User-Agent': 'GitLab/18.4.1',
      'X-Gitlab-Event': titles[event],
      'X-Gitlab-Event-UUID': randomUUID(),
      'X-Gitlab-Instance': base.replace(/\/gitlab$/, ''),
      'X-Gitlab-Webhook-UUID': String(hook.id),
      ...(hook.token === undefined ? {} : { 'X-Gitlab-Token': hook.token }),
    }).then(
      ({ status }) => record(String(status)),
      error => record(error instanceof Error ? error.message : String(error)),
    );
  }
}

/** A change of one reference. */
export interface ReferenceChange {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** What differs between two states of a repository's references. */
export function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ReferenceChange[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .map(name => ({ name, before: before.get(name), after: after.get(name) }))
    .filter(change => change.before !== change.after);
}

/** Notes what a push changed: activity, heads of merge requests, and the webhooks. */
export async function afterPush(
  forge: Forge,
  base: string,
  project: Project,
  user: User,
  changes: readonly ReferenceChange[],
): Promise<void> {
  if (changes.length === 0) return;
  project.lastActivityAt = forge.now();
  const repository = await forge.repository(project);
  for (const { name, before, after } of changes) {
    const isTag = name.startsWith('refs/tags/');
    for (const request of project.mergeRequests) {
      const isSource = `refs/heads/${request.sourceBranch}` === name;
      if (isSource && after && request.state === 'opened') {
        request.head = after;
        request.updatedAt = forge.now();
      }
    }
    const event = isTag ? 'tag_push_events' : 'push_events';
    if (project.hooks.some(hook => hook.events[event])) {
      const commit = after && (await repository.resolve(after));
      const range = before ? `${before}..${after}` : `${after}`;
      const commits =
        commit && !isTag
          ? await repository.log(range, { count: before ? MOST_COMMITS : 1 })
          : [];
      const kind = isTag ? 'tag_push' : 'push';
      const part = projectPart(base, project);
      tellHooks(forge, base, project, event, {
        object_kind: kind,
        event_name: kind,
        before: before ?? NONE,
        after: after ?? NONE,
        ref: name,
        ref_protected: project.protectedBranches.some(
          branch => `refs/heads/${branch}` === name,
        ),
        checkout_sha: commit || null,
        message: null,
        user_id: user.id,
        user_name: user.name,
        user_username: user.username,
        user_email: user.email,
        user_avatar: null,
        project_id: project.id,
        project: part,
        commits: await Promise.all(
          [...commits]
            .reverse()
            .map(each => commitPart(base, project, repository, each)),
        ),
        total_commits_count: commits.length,
        repository: {
          name: project.name,
          url: part.git_http_url,
          description: project.description,
          homepage: part.web_url,
          git_http_url: part.git_http_url,
          visibility_level: 10,
        },
      });
    }
  }
}

/** Tells webhooks of a merge request. */
export function afterMergeRequest(
  forge: Forge,
  base: string,
  project: Project,
  user: User,
  attributes: Record<string, unknown>,
): void {
  tellHooks(forge, base, project, 'merge_requests_events', {
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: { ...userShape(base, user), email: user.email },
    project: projectPart(base, project),
    object_attributes: attributes,
    labels: [],
    changes: {},
    repository: { name: project.name, homepage: projectUrl(base, project) },
  });
}
