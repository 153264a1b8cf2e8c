/** Somebody who signs in. */
export interface User {
  id: number;
  username: string;
  name: string;
  email: string;
  isAdmin: boolean;
  /** May look, and change nothing. */
  readsOnly: boolean;
}

/** A group, or the namespace of one person. */
export interface Namespace {
  id: number;
  kind: 'group' | 'user';
  path: string;
  name: string;
  description: string;
  visibility: Visibility;
  createdAt: number;
}

export type Visibility = 'private' | 'internal' | 'public';

/** A CI/CD variable of a project. */
export interface Variable {
  key: string;
  value: string;
  variable_type: string;
  protected: boolean;
  masked: boolean;
  hidden: boolean;
  raw: boolean;
  environment_scope: string;
  description: string | null;
}

/** A webhook of a project. */
export interface Hook {
  id: number;
  url: string;
  token: string | undefined;
  createdAt: number;
  events: Record<HookEvent, boolean>;
  /** What became of the newest deliveries, newest first. */
  deliveries: HookDelivery[];
}

export const hookEvents = [
  'push_events',
  'tag_push_events',
  'merge_requests_events',
] as const;

export type HookEvent = (typeof hookEvents)[number];

/** One attempt to tell a webhook. */
export interface HookDelivery {
  id: number;
  trigger: HookEvent;
  at: number;
  /** As GitLab writes it: a status, or what kept it from being one. */
  status: string;
  seconds: number;
}

export interface Member {
  user: User;
  accessLevel: number;
  createdAt: number;
}

export interface MergeRequest {
  id: number;
  iid: number;
  title: string;
  description: string;
  sourceBranch: string;
  targetBranch: string;
  state: 'opened' | 'closed' | 'merged';
  author: User;
  assignees: User[];
  reviewers: User[];
  labels: string[];
  squash: boolean;
  removesSourceBranch: boolean;
  createdAt: number;
  updatedAt: number;
  /** Who merged or closed it, and when. */
  ended?: { by: User; at: number };
  mergeCommit?: string;
  squashCommit?: string;
  /** Head of the source, and where it left the target; kept when branches are gone. */
  head: string;
  base: string;
}

export interface Project {
  id: number;
  namespace: Namespace;
  path: string;
  name: string;
  description: string;
  visibility: Visibility;
  defaultBranch: string;
  topics: string[];
  isArchived: boolean;
  createdAt: number;
  lastActivityAt: number;
  creator: User;
  settings: Record<string, unknown>;
  variables: Variable[];
  hooks: Hook[];
  members: Member[];
  mergeRequests: MergeRequest[];
  protectedBranches: string[];
}

/** `<namespace>/<path>`, as a project is called. */
export const fullPath = (project: Project) =>
  `${project.namespace.path}/${project.path}`;
