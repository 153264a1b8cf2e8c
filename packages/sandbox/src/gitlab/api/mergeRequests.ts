import type { MergeRequest, Project } from '../model';
import {
  notFound,
  paged,
  openProject,
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

/** Most projects that are made ready to be asked for merge requests of all. */
const ALL_AT_ONCE = 100;

function selected(call: Call, projects: readonly Project[]) {
  const state = text(call, 'state') ?? 'all';
  const scope = text(call, 'scope') ?? 'all';
  const search = (text(call, 'search') ?? '').toLowerCase();
  const is = (name: string, value: string) =>
    [undefined, value].includes(text(call, name));
  const author = text(call, 'author_username');
  const isByUpdate = text(call, 'order_by') === 'updated_at';
  const sign = text(call, 'sort') === 'asc' ? -1 : 1;
  const keyOf = ({ id, createdAt, updatedAt }: MergeRequest) =>
    sign * ((isByUpdate ? updatedAt : createdAt) + (id % 1000) / 1000);
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
    .sort((left, right) => keyOf(right.request) - keyOf(left.request));
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
  const project = await openProject(call, id);
  const { base, head } = requestOf(project, iid);
  const repository = await call.forge.repository(project);
  const found = await repository.log(`${base}..${head}`, {});
  return paged(call, found, commit => commitShape(call.base, project, commit));
}

async function diffs(call: Call, id: string, iid: string) {
  const project = await openProject(call, id);
  const { base, head } = requestOf(project, iid);
  return (await call.forge.repository(project)).diff(base, head);
}

const ALL = /^\/projects\/([^/]+)\/merge_requests$/;
const ONE = /^\/projects\/([^/]+)\/merge_requests\/(\d+)$/;

/** Merge requests within one project. */
export const mergeRequestRoutes: readonly Route[] = [
  [
    'GET',
    /^\/merge_requests$/,
    async call => {
      const projects = call.forge.projects();
      // What repositories bring along is there once they are; of very many, only of those in use.
      if (projects.length <= ALL_AT_ONCE) {
        for (const project of projects) await call.forge.repository(project);
      }
      return listOf(call, projects);
    },
  ],
  ['GET', ALL, async (call, id) => listOf(call, [await openProject(call, id)])],
  ['POST', ALL, createMergeRequest],
  [
    'GET',
    ONE,
    async (call, id, iid) => {
      const project = await openProject(call, id);
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
      const project = await openProject(call, id);
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
      const project = await openProject(call, id);
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
