import type { Commit } from '../git/Repository';
import type { FileDiff } from '../git/parseDiff';
import { fullPath, type Namespace, type Project, type User } from '../model';
import { timeText } from './Call';

/** A user, as others see them. */
export function userShape(base: string, user: User) {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: `${base}/${user.username}`,
  };
}

export function namespaceShape(base: string, namespace: Namespace) {
  const { id, kind, path, name } = namespace;
  return {
    id,
    name,
    path,
    kind,
    full_path: path,
    parent_id: null,
    avatar_url: null,
    web_url: `${base}/${kind === 'group' ? 'groups/' : ''}${path}`,
  };
}

export function groupShape(base: string, group: Namespace) {
  return {
    ...namespaceShape(base, group),
    kind: undefined,
    description: group.description,
    visibility: group.visibility,
    full_name: group.name,
    created_at: timeText(group.createdAt),
    default_branch: null,
    project_creation_level: 'developer',
    subgroup_creation_level: 'maintainer',
    request_access_enabled: true,
    archived: false,
  };
}

/** Address of a project's pages. */
export const projectUrl = (base: string, project: Project) =>
  `${base}/${fullPath(project)}`;

export function projectShape(base: string, project: Project) {
  const path = fullPath(project);
  const url = projectUrl(base, project);
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: `${project.namespace.name} / ${project.name}`,
    path: project.path,
    path_with_namespace: path,
    created_at: timeText(project.createdAt),
    default_branch: project.defaultBranch,
    tag_list: project.topics,
    topics: project.topics,
    ssh_url_to_repo: `git@${new URL(base).hostname}:${path}.git`,
    http_url_to_repo: `${url}.git`,
    web_url: url,
    readme_url: `${url}/-/blob/${project.defaultBranch}/README.md`,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: timeText(project.lastActivityAt),
    namespace: namespaceShape(base, project.namespace),
    archived: project.isArchived,
    visibility: project.visibility,
    creator_id: project.creator.id,
    merge_method: 'merge',
    squash_option: 'default_off',
    issues_enabled: true,
    merge_requests_enabled: true,
    jobs_enabled: true,
    container_registry_enabled: false,
    open_issues_count: 0,
    only_allow_merge_if_pipeline_succeeds: false,
    only_allow_merge_if_all_discussions_are_resolved: false,
    permissions: { project_access: null, group_access: null },
    ...project.settings,
  };
}

/** GitLab writes commits' times with their zone. */
const commitTime = (iso: string) =>
  new Date(iso).toISOString().replace('Z', '+00:00');

export function commitShape(base: string, project: Project, commit: Commit) {
  return {
    id: commit.id,
    short_id: commit.id.slice(0, 8),
    created_at: commitTime(commit.committedAt),
    parent_ids: commit.parents,
    title: commit.title,
    message: commit.message,
    author_name: commit.authorName,
    author_email: commit.authorEmail,
    authored_date: commitTime(commit.authoredAt),
    committer_name: commit.committerName,
    committer_email: commit.committerEmail,
    committed_date: commitTime(commit.committedAt),
    trailers: {},
    extended_trailers: {},
    web_url: `${projectUrl(base, project)}/-/commit/${commit.id}`,
  };
}

export function diffShape(diff: FileDiff) {
  return {
    diff: diff.patch,
    collapsed: false,
    too_large: false,
    new_path: diff.newPath,
    old_path: diff.oldPath,
    a_mode: diff.isNew ? '0' : diff.oldMode,
    b_mode: diff.isDeleted ? '0' : diff.newMode,
    new_file: diff.isNew,
    renamed_file: diff.isRenamed,
    deleted_file: diff.isDeleted,
    generated_file: false,
  };
}
