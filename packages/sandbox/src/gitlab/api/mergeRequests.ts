import type { MergeRequest, Project } from '../model';
import {
  notFound,
  paged,
  projectOf,
  text,
  type Answer,
  type Call,
  type Route,
} from './Call';
import {
  acceptMergeRequest,
  createMergeRequest,
  requestOf,
  updateMergeRequest,
} from './changeMergeRequests';
import { mergeRequestShape } from './mergeRequestShape';
import { commitShape, diffShape } from './shapes';

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
        .map(({ project, request }) =>
          mergeRequestShape(call, project, request),
        ),
    ),
  };
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
  ['POST', ALL, createMergeRequest],
  [
    'GET',
    ONE,
    async (call, id, iid) => {
      const project = projectOf(call, id);
      const request = requestOf(project, iid);
      const changed = await diffs(call, id, iid);
      return {
        body: {
          ...(await mergeRequestShape(call, project, request)),
          changes_count: String(changed.length),
        },
      };
    },
  ],
  ['PUT', ONE, updateMergeRequest],
  [
    'PUT',
    /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/merge$/,
    acceptMergeRequest,
  ],
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
          ...(await mergeRequestShape(call, project, requestOf(project, iid))),
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
        found.map(request => mergeRequestShape(call, project, request)),
      );
      return paged(call, shapes, each => each);
    },
  ],
];
