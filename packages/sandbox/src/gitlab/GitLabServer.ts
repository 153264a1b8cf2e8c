import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson, sendText } from '../http';
import type { Answer, Call, Route } from './api/Call';
import { Refusal } from './api/Call';
import { commitRoutes } from './api/commits';
import { fileRoutes } from './api/files';
import { groupRoutes } from './api/groups';
import { memberRoutes } from './api/members';
import { mergeRequestRoutes } from './api/mergeRequests';
import { projectRoutes } from './api/projects';
import { referenceRoutes } from './api/references';
import { settingRoutes } from './api/settings';
import { BodyError, readParameters } from './body';
import type { Forge } from './Forge';
import { GitError, GitMissing } from './git/runGit';
import { advertise, serve, type GitService } from './git/smartHttp';
import { afterPush, changesBetween } from './hooks';
import type { Project, User } from './model';
import { sendPage } from './page';

const PREFIX = '/gitlab';
const VERSION = {
  version: '18.4.1-ee',
  revision: '6f7f1f2a3b1',
  enterprise: true,
};

const routes: readonly Route[] = [
  ['GET', /^\/version$/, () => ({ body: VERSION })],
  ['GET', /^\/metadata$/, () => ({ body: VERSION })],
  ...groupRoutes,
  ...projectRoutes,
  ...referenceRoutes,
  // Merge requests of a commit are asked for below the commit.
  ...mergeRequestRoutes,
  ...commitRoutes,
  ...fileRoutes,
  ...settingRoutes,
  ...memberRoutes,
];

const isService = (name: string): name is GitService =>
  name === 'git-upload-pack' || name === 'git-receive-pack';

function basicToken(header: string): string {
  const text = Buffer.from(header.slice('Basic '.length), 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

/** The token that a request shows, wherever GitLab takes one. */
function tokenOf(
  request: IncomingMessage,
  query: URLSearchParams,
): string | undefined {
  const { authorization = '', 'private-token': own } = request.headers;
  if (typeof own === 'string') return own;
  if (authorization.startsWith('Bearer ')) return authorization.slice(7);
  if (authorization.startsWith('Basic ')) return basicToken(authorization);
  return query.get('private_token') ?? query.get('access_token') ?? undefined;
}

/** A part of a path. @throws Refusal of what no name can have */
function decoded(group: string | undefined): string {
  const text = decodeURIComponent(group ?? '');
  if (text.includes('\0')) {
    throw new Refusal(400, { error: 'path is invalid' });
  }
  return text;
}

/** Answers GitLab's API, and git itself, about a forge. */
export class GitLabServer {
  constructor(private readonly forge: Forge) {}

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const base = `http://${request.headers.host ?? 'localhost'}${PREFIX}`;
    try {
      const git =
        /^\/(.+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(
          path,
        );
      if (git) {
        const service =
          git[2] === 'info/refs' ? query.get('service') ?? '' : git[2];
        await this.#git(
          request,
          response,
          base,
          decoded(git[1]),
          service,
          git[2],
        );
      } else if (path.startsWith('/api/v4/')) {
        await this.#api(request, response, base, path.slice(7), query);
      } else {
        request.resume();
        await sendPage(this.forge, response, path);
      }
    } catch (error) {
      this.#fail(request, response, error);
    }
  }

  #fail(request: IncomingMessage, response: ServerResponse, error: unknown) {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    request.resume();
    if (error instanceof Refusal) sendJson(response, error.status, error.body);
    else if (error instanceof GitMissing) {
      sendJson(response, 503, { message: error.message });
    } else if (error instanceof BodyError) {
      sendJson(response, error.status, { error: error.message });
    } else if (error instanceof GitError) {
      sendJson(response, 500, {
        message: `500 Internal Server Error: ${error.message}`,
      });
    } else throw error;
  }

  async #git(
    request: IncomingMessage,
    response: ServerResponse,
    base: string,
    path: string,
    service: string,
    what: string,
  ): Promise<void> {
    if (!isService(service)) {
      request.resume();
      sendText(response, 403, 'Git access over HTTP is smart only');
      return;
    }
    const project = this.forge.project(path);
    const token = tokenOf(request, new URLSearchParams());
    const user = token === undefined ? undefined : this.forge.userOf(token);
    const isOpen =
      project?.visibility === 'public' && service === 'git-upload-pack';
    if (!user && !isOpen) {
      request.resume();
      response.setHeader('WWW-Authenticate', 'Basic realm="GitLab"');
      sendText(
        response,
        401,
        'HTTP Basic: Access denied. The provided password or token is incorrect or your account has 2FA enabled and you must use a personal access token instead of a password.\n',
      );
      return;
    }
    if (!project) {
      request.resume();
      sendText(
        response,
        404,
        "The project you were looking for could not be found or you don't have permission to view it.\n",
      );
      return;
    }
    const isPush = service === 'git-receive-pack';
    if (isPush && (!user || user.readsOnly || project.isArchived)) {
      request.resume();
      sendText(
        response,
        403,
        project.isArchived
          ? 'You are not allowed to push code to archived projects.\n'
          : 'You are not allowed to push code to this project.\n',
      );
      return;
    }
    const { folder } = await this.forge.repository(project);
    if (what === 'info/refs')
      await advertise(request, response, folder, service);
    else if (isPush && user)
      await this.#push(request, response, base, project, user);
    else await serve(request, response, folder, service);
  }

  async #push(
    request: IncomingMessage,
    response: ServerResponse,
    base: string,
    project: Project,
    user: User,
  ): Promise<void> {
    await this.forge.alone(project, async () => {
      const repository = await this.forge.repository(project);
      const before = await repository.references();
      await serve(request, response, repository.folder, 'git-receive-pack');
      const after = await repository.references();
      await this.#adoptBranch(project, before, after);
      const changes = changesBetween(before, after);
      await afterPush(this.forge, base, project, user, changes);
    });
  }

  /** The first branch that is pushed becomes the default one. */
  async #adoptBranch(
    project: Project,
    before: ReadonlyMap<string, string>,
    after: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (before.size > 0 || after.has(`refs/heads/${project.defaultBranch}`))
      return;
    const prefix = 'refs/heads/';
    const first = [...after.keys()].find(name => name.startsWith(prefix));
    if (!first) return;
    const repository = await this.forge.repository(project);
    await repository.run(['symbolic-ref', 'HEAD', first]);
    project.defaultBranch = first.slice(prefix.length);
  }

  async #api(
    request: IncomingMessage,
    response: ServerResponse,
    base: string,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const token = tokenOf(request, query);
    const user = token === undefined ? undefined : this.forge.userOf(token);
    if (!user) throw new Refusal(401, { message: '401 Unauthorized' });
    const method = request.method === 'HEAD' ? 'GET' : request.method ?? 'GET';
    if (user.readsOnly && method !== 'GET') {
      throw new Refusal(403, { message: '403 Forbidden' });
    }
    const isKnown = routes.filter(([, pattern]) => pattern.test(path));
    const route = isKnown.find(([wanted]) => wanted === method);
    if (!route) {
      throw new Refusal(isKnown.length > 0 ? 405 : 404, {
        error: isKnown.length > 0 ? '405 Not Allowed' : '404 Not Found',
      });
    }
    const [, pattern, handler] = route;
    const parameters: Record<string, unknown> = {};
    for (const [name, value] of query) {
      const plain = name.replace(/\[\]$/, '');
      parameters[plain] = name === plain ? value : query.getAll(name);
    }
    Object.assign(parameters, await readParameters(request));
    const groups = (pattern.exec(path) ?? []).slice(1).map(decoded);
    const call: Call = {
      forge: this.forge,
      request,
      method,
      base,
      path,
      query,
      user,
      parameters,
    };
    this.#send(request, response, await handler(call, ...groups));
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: Answer) {
    const { status = 200, body, bytes, headers = {} } = answer;
    const isEmpty = body === undefined && bytes === undefined;
    const content = bytes ?? Buffer.from(isEmpty ? '' : JSON.stringify(body));
    response.writeHead(status, {
      ...(isEmpty
        ? {}
        : {
            'Content-Type': 'application/json',
            'Content-Length': content.length,
          }),
      ...headers,
    });
    response.end(request.method === 'HEAD' || isEmpty ? undefined : content);
  }
}
