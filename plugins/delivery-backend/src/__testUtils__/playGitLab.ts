import { createServer } from 'node:http';
import { listen } from './listen';

type MergeRequest = {
  iid: number;
  title: string;
  description: string;
  state: 'opened' | 'merged' | 'closed';
  source_branch: string;
  target_branch: string;
  created_at: string;
  web_url: string;
};

type Body = Record<string, string> & {
  actions?: { file_path: string; content: string }[];
};

const API = /^\/api\/v4\/projects\/([^/]+)(\/.*)?$/;

/**
 * A small GitLab with one project in memory: branches with their files, and
 * merge requests that a test merges.
 */
export async function playGitLab(project: string, files: Map<string, string>) {
  const branches = new Map([['main', files]]);
  const mergeRequests: MergeRequest[] = [];
  const commits: Body[] = [];
  const hooks = new Map<number, object>();
  let commitCount = 1;

  function answerTo(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Body,
  ) {
    const [, id = '', rest = ''] = API.exec(path) ?? [];
    const parts = rest.split('/').map(decodeURIComponent);
    if (decodeURIComponent(id) !== project) {
      return { status: 404 };
    }
    const present = branches.get(query.get('ref') ?? '');
    const request = mergeRequests.find(({ iid }) => iid === Number(parts[2]));
    const [, kind] = parts;
    const what = kind === 'repository' ? `repository/${parts[2]}` : kind ?? '';
    switch (`${method} ${what}`) {
      case 'GET ':
        return {
          status: 200,
          body: {
            id: 7,
            path_with_namespace: project,
            web_url: `http://git/${project}`,
            http_url_to_repo: `http://git/${project}.git`,
            default_branch: 'main',
            created_at: '2026-11-26T10:00:00Z',
          },
        };
      case 'DELETE ':
      case 'POST archive':
        return { status: 202 };
      case 'GET repository/tree': {
        const prefix = query.get('path') ? `${query.get('path')}/` : '';
        const found = [...(present?.keys() ?? [])].filter(file =>
          file.startsWith(prefix),
        );
        return found.length === 0
          ? { status: 404 }
          : {
              status: 200,
              body: found.map(file => ({ path: file, type: 'blob' })),
            };
      }
      case 'GET repository/files': {
        const text = present?.get(parts[3]);
        return text === undefined
          ? { status: 404 }
          : {
              status: 200,
              body: {
                content: Buffer.from(text).toString('base64'),
                last_commit_id: `commit-${commitCount}`,
              },
            };
      }
      case 'POST repository/commits': {
        commits.push(body);
        const from = branches.get(body.start_branch);
        if (!from || branches.has(body.branch)) {
          return { status: 400 };
        }
        const next = new Map(from);
        body.actions?.forEach(({ file_path, content }) =>
          next.set(file_path, content),
        );
        branches.set(body.branch, next);
        return { status: 201, body: {} };
      }
      case 'DELETE repository/branches':
        return { status: branches.delete(parts[3]) ? 204 : 404 };
      case 'POST merge_requests': {
        const iid = mergeRequests.length + 1;
        mergeRequests.push({
          iid,
          title: body.title,
          description: body.description,
          state: 'opened',
          source_branch: body.source_branch,
          target_branch: body.target_branch,
          created_at: '2026-11-26T11:00:00Z',
          web_url: `http://git/${project}/-/merge_requests/${iid}`,
        });
        return { status: 201, body: mergeRequests.at(-1) };
      }
      case 'GET merge_requests': {
        if (parts[2]) {
          return request ? { status: 200, body: request } : { status: 404 };
        }
        const state = query.get('state');
        return {
          status: 200,
          body: mergeRequests
            .filter(each => state === 'all' || each.state === state)
            .reverse(),
        };
      }
      case 'GET hooks':
        return { status: 200, body: [...hooks.values()] };
      case 'POST hooks': {
        const hook = { ...body, id: hooks.size + 1 };
        hooks.set(hook.id, hook);
        return { status: 201, body: hook };
      }
      case 'PUT hooks': {
        const hook = { ...body, id: Number(parts[2]) };
        hooks.set(hook.id, hook);
        return { status: 200, body: hook };
      }
      case 'DELETE hooks':
        return { status: hooks.delete(Number(parts[2])) ? 204 : 404 };
      case 'PUT merge_requests':
        if (request && body.state_event === 'close') {
          request.state = 'closed';
        }
        return { status: request ? 200 : 404, body: request };
      default:
        return { status: 404 };
    }
  }

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) {
      text += part;
    }
    const url = new URL(request.url ?? '/', 'http://gitlab');
    const { status, body = {} } = answerTo(
      request.method ?? 'GET',
      url.pathname,
      url.searchParams,
      text === '' ? {} : JSON.parse(text),
    );
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(status === 204 ? '' : JSON.stringify(body));
  });
  return {
    ...(await listen(server)),
    branches,
    commits,
    mergeRequests,
    hooks,
    /** Somebody else commits to the main branch. */
    push(file: string, text: string) {
      commitCount += 1;
      files.set(file, text);
    },
  };
}
