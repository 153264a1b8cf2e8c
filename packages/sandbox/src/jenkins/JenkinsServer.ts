import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson, sendText } from '../http';
import { BodyError, readText } from '../gitlab/body';
import type { Jenkins } from './Jenkins';
import { ConfigError } from './jobConfig';
import { CRUMB_FIELD, Sessions, type JenkinsUser } from './api/session';
import { notFound, Refusal, sendShape, type Exchange } from './api/Exchange';
import { ItemRoutes } from './api/ItemRoutes';
import { jobShape } from './api/items';
import { queueShape } from './api/queue';
import { itemSummary } from './api/summary';
import { TreeError } from './api/tree';
import { hookOf } from './hook';

/** Answers Jenkins' remote API. */
export class JenkinsServer {
  readonly #sessions = new Sessions();

  readonly #items: ItemRoutes;

  constructor(private readonly jenkins: Jenkins) {
    this.#items = new ItemRoutes(jenkins);
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    response.setHeader('X-Jenkins', '2.516.3');
    try {
      this.jenkins.advance();
      const base = `http://${request.headers.host ?? 'localhost'}/jenkins/`;
      const hook = /^\/project\/(.+?)\/?$/.exec(path);
      if (hook) {
        await this.#hook(
          request,
          response,
          hook[1].split('/').map(decodeURIComponent).join('/'),
        );
        return;
      }
      // Pages are for people who follow a link; programs ask the API.
      if (request.method === 'GET' && (await this.#page(response, path))) {
        request.resume();
        return;
      }
      const user = this.#enter(request, path);
      const body = await readText(request);
      await this.#route({ request, response, base, query, user, body }, path);
    } catch (error) {
      this.#fail(request, response, error);
    }
  }

  #fail(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
  ): void {
    request.resume();
    if (error instanceof Refusal || error instanceof BodyError) {
      if (error.status === 400)
        response.setHeader(
          'X-Error',
          error.message.replace(/[^\x20-\x7e]/g, '?'),
        );
      if (error.status === 401)
        response.setHeader('WWW-Authenticate', 'Basic realm="Jenkins"');
      const safe = error.message.replace(/[&<>]/g, '?');
      response.writeHead(error.status, {
        'Content-Type': 'text/html;charset=utf-8',
      });
      response.end(
        `<html><head><title>Error ${error.status} ${safe}</title></head><body><h2>HTTP ERROR ${error.status} ${safe}</h2></body></html>\n`,
      );
    } else if (error instanceof ConfigError)
      sendText(response, 500, `${error.message}\n`);
    else if (error instanceof TreeError)
      sendText(response, 400, `${error.message}\n`);
    else throw error;
  }

  /** Sends the console of a build to a browser; false for what is no build's page. */
  async #page(response: ServerResponse, path: string): Promise<boolean> {
    const parts = /^((?:\/job\/[^/]+)+?)(?:\/(\d+)(?:\/console)?)?\/?$/.exec(
      path,
    );
    const name = parts?.[1].split('/job/').slice(1).map(decodeURIComponent);
    const job = name && this.jenkins.jobs.job(name.join('/'));
    if (!job) return false;
    const build = job.builds.find(
      ({ number }) => parts?.[2] === undefined || String(number) === parts[2],
    );
    if (build) await this.jenkins.replay(build);
    sendText(response, 200, build?.log ?? `${job.name} has no builds\n`);
    return true;
  }

  /** Who asks. @throws Refusal of nobody, of who may not write, and of forged requests */
  #enter(request: IncomingMessage, path: string): JenkinsUser {
    const user = this.#sessions.user(request);
    if (user === null) throw new Refusal(401, 'Unauthorized');
    if (!user) throw new Refusal(403, 'Forbidden');
    if (request.method === 'POST') {
      if (user.needsCrumb && !this.#sessions.hasCrumb(request)) {
        throw new Refusal(403, 'No valid crumb was included in the request');
      }
      if (!user.mayWrite) {
        const permission = /\/(build|buildWithParameters|build\?.*)$/.test(path)
          ? 'Job/Build'
          : 'Job/Configure';
        throw new Refusal(
          403,
          `${user.id} is missing the ${permission} permission`,
        );
      }
    }
    return user;
  }

  async #hook(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
  ): Promise<void> {
    const body = await readText(request);
    const job = this.jenkins.jobs.job(name);
    if (!job) throw notFound();
    const token = request.headers['x-gitlab-token'];
    if (job.config.hookToken !== undefined && job.config.hookToken !== token)
      throw new Refusal(401, 'Invalid token');
    const hook = hookOf(body);
    if (hook) {
      const given = new Map(hook.tag === undefined ? [] : [['TAG', hook.tag]]);
      this.jenkins.schedule(
        job,
        this.jenkins.accepted(job, given),
        `Started by GitLab push by ${hook.by}`,
      );
    }
    response.writeHead(200).end();
  }

  async #route(exchange: Exchange, path: string): Promise<void> {
    const { base, response, request } = exchange;
    const { jenkins } = this;
    const isPost = request.method === 'POST';
    const item = /^\/queue\/item\/(\d+)\/api\/json$/.exec(path);
    const jobs = /^((?:\/job\/[^/]+)+)(\/.*)?$/.exec(path);
    if (jobs) {
      const name = jobs[1]
        .split('/job/')
        .slice(1)
        .map(decodeURIComponent)
        .join('/');
      await this.#items.handle(exchange, name, jobs[2] ?? '/');
    } else if (path === '/api/json') {
      const all = jenkins.jobs.within('');
      sendShape(exchange, {
        _class: 'hudson.model.Hudson',
        mode: 'NORMAL',
        nodeDescription: "the Jenkins controller's built-in node",
        nodeName: '',
        numExecutors: jenkins.executors,
        description: null,
        jobs: all.map(each =>
          each.kind === 'job' && exchange.query.get('tree')?.includes('uild')
            ? jobShape(jenkins, base, each)
            : itemSummary(base, each),
        ),
        quietingDown: false,
        url: base,
        useCrumbs: true,
        useSecurity: true,
        views: [{ _class: 'hudson.model.AllView', name: 'all', url: base }],
      });
    } else if (path === '/crumbIssuer/api/json') {
      const { crumb, cookie } = this.#sessions.issue(request);
      if (cookie) response.setHeader('Set-Cookie', cookie);
      sendJson(response, 200, {
        _class: 'hudson.security.csrf.DefaultCrumbIssuer',
        crumb,
        crumbRequestField: CRUMB_FIELD,
      });
    } else if (path === '/whoAmI/api/json') {
      sendJson(response, 200, {
        _class: 'hudson.security.WhoAmI',
        anonymous: false,
        authenticated: true,
        name: exchange.user.id,
      });
    } else if (path === '/queue/api/json') {
      sendShape(exchange, {
        _class: 'hudson.model.Queue',
        items: jenkins.waiting().map(each => queueShape(jenkins, base, each)),
      });
    } else if (item) {
      const found = jenkins.queue.find(({ id }) => id === Number(item[1]));
      if (!found) throw notFound();
      sendShape(exchange, queueShape(jenkins, base, found));
    } else if (path === '/queue/cancelItem' && isPost) {
      if (!jenkins.cancel(Number(exchange.query.get('id')))) throw notFound();
      response.writeHead(204).end();
    } else if (path === '/computer/api/json') {
      sendShape(exchange, {
        _class: 'hudson.model.ComputerSet',
        busyExecutors: jenkins.running().length,
        totalExecutors: jenkins.executors,
      });
    } else if (path === '/createItem' && isPost)
      await this.#items.create(exchange, '');
    else if (path === '/') sendText(response, 200, 'Jenkins\n');
    else throw notFound();
  }
}
