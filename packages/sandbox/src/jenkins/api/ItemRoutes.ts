import { sendJson } from '../../http';
import type { Jenkins } from '../Jenkins';
import { jobPath } from '../machine';
import { answerBuild, startBuild } from './buildRoutes';
import { stagesShape } from './builds';
import { notFound, Refusal, sendShape, type Exchange } from './Exchange';
import { folderShape, jobShape } from './items';

/** Jobs and folders: made, looked at, changed, built and deleted. */
export class ItemRoutes {
  constructor(private readonly jenkins: Jenkins) {}

  /** Makes an item within a folder, or at the top. */
  async create(
    { query, body, response }: Exchange,
    folder: string,
  ): Promise<void> {
    const { jobs } = this.jenkins;
    const name = query.get('name') ?? '';
    if (name === '') throw new Refusal(400, 'Query parameter name is required');
    const unsafe = /[?*/\\%!@#$^&|<>[\]:;]/.exec(name)?.[0];
    if (unsafe) throw new Refusal(400, `${unsafe} is an unsafe character`);
    const full = folder === '' ? name : `${folder}/${name}`;
    if (jobs.find(full))
      throw new Refusal(400, `A job already exists with the name ${name}`);
    const copied =
      query.get('mode') === 'copy'
        ? jobs.find(query.get('from') ?? '')
        : undefined;
    if (query.get('mode') === 'copy' && !copied)
      throw new Refusal(400, `No such job: ${query.get('from')}`);
    const made = jobs.put(full, copied?.xml ?? body);
    if (made.kind === 'folder' && made.repositoryUrl)
      await this.#scan(made.name);
    response.writeHead(200).end();
  }

  async #scan(name: string): Promise<void> {
    const folder = this.jenkins.jobs.find(name);
    if (folder?.kind !== 'folder') return;
    for (const job of await this.jenkins.scan(folder)) {
      this.jenkins.schedule(job, new Map(), 'Branch indexing');
    }
  }

  /** Answers what is asked of a job or folder, and of a job's builds. */
  async handle(exchange: Exchange, name: string, rest: string): Promise<void> {
    const { jenkins } = this;
    const { request, response, base, body } = exchange;
    const item = jenkins.jobs.find(name);
    if (!item) throw notFound();
    const isPost = request.method === 'POST';
    const redirect = (to: string) =>
      response.writeHead(302, { Location: to }).end();
    if (rest === '/config.xml' && isPost) {
      jenkins.jobs.put(name, body);
      response.writeHead(200).end();
    } else if (rest === '/config.xml') {
      response
        .writeHead(200, { 'Content-Type': 'application/xml' })
        .end(item.xml);
    } else if (
      (rest === '/doDelete' && isPost) ||
      (rest === '/' && request.method === 'DELETE')
    ) {
      for (const job of jenkins.jobs.remove(name)) {
        jenkins
          .waiting()
          .filter(each => each.job === job)
          .forEach(each => jenkins.cancel(each.id));
        job.builds.forEach(build => jenkins.abort(build, exchange.user.name));
      }
      redirect(base);
    } else if (item.kind === 'folder') {
      if (rest === '/api/json' || rest === '/')
        sendShape(exchange, folderShape(jenkins, base, item));
      else if (rest === '/createItem' && isPost)
        await this.create(exchange, name);
      else if (rest.startsWith('/build') && isPost && item.repositoryUrl) {
        await this.#scan(name);
        redirect(`${base}${jobPath(name)}/`);
      } else throw notFound();
    } else if (
      isPost &&
      (rest === '/build' || rest === '/buildWithParameters')
    ) {
      startBuild(this.jenkins, exchange, item, rest === '/build');
    } else if (isPost && (rest === '/disable' || rest === '/enable')) {
      item.config.isDisabled = rest === '/disable';
      redirect(`${base}${jobPath(name)}/`);
    } else if (rest === '/api/json' || rest === '/')
      sendShape(exchange, jobShape(jenkins, base, item));
    else if (rest === '/wfapi/runs') {
      const builds = item.builds.slice(0, 10);
      for (const build of builds) await jenkins.replay(build);
      sendJson(
        response,
        200,
        builds.map(build => stagesShape(jenkins, build)),
      );
    } else await answerBuild(this.jenkins, exchange, item, rest);
  }
}
