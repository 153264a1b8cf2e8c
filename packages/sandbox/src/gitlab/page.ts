import type { ServerResponse } from 'node:http';
import { sendText } from '../http';
import type { Forge } from './Forge';
import type { Repository } from './git/Repository';
import type { Project } from './model';

const DIFF = ['--no-color', '--stat', '--patch'];

/** Text of what a page below `/-/` is about; undefined when that is not there. */
async function textOf(
  project: Project,
  repository: Repository,
  kind: string,
  rest: string,
): Promise<string | Buffer | undefined> {
  const [name, ...path] = rest.split('/');
  if (kind === 'blob' || kind === 'raw') {
    const commit = await repository.resolve(decodeURIComponent(name));
    const file =
      commit &&
      (await repository.file(commit, decodeURIComponent(path.join('/'))));
    return file ? file.content : undefined;
  }
  if (kind === 'tree' || kind === 'commits') {
    const commit = await repository.resolve(decodeURIComponent(rest));
    if (!commit) return undefined;
    return kind === 'tree'
      ? repository.run(['ls-tree', '-r', '--name-only', commit])
      : repository.run(['log', '--no-color', commit]);
  }
  if (kind === 'commit') {
    const commit = await repository.resolve(name);
    return commit && repository.run(['show', ...DIFF, commit]);
  }
  if (kind === 'compare') {
    const [from, to = ''] = decodeURIComponent(rest).split('...');
    const start = await repository.resolve(from);
    const end = await repository.resolve(to);
    return start && end
      ? repository.run(['diff', ...DIFF, start, end])
      : undefined;
  }
  if (kind === 'tags' || kind === 'branches') {
    const found = await repository.list(kind === 'tags' ? 'tags' : 'heads');
    return found.map(each => `${each.name} ${each.commit.title}\n`).join('');
  }
  const request = project.mergeRequests.find(({ iid }) => String(iid) === name);
  return kind === 'merge_requests' && request
    ? `!${request.iid} ${request.title} (${request.state})\n${request.sourceBranch} into ${request.targetBranch}\n\n${request.description}\n`
    : undefined;
}

/** What a browser sees of a project, a file, a commit and the like: plain text, so that links lead somewhere. */
export async function sendPage(
  forge: Forge,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const parts = /^\/([^/]+\/[^/]+?)(?:\/-\/(\w+)\/?(.*))?\/?$/.exec(path);
  const project = parts && forge.project(decodeURIComponent(parts[1]));
  if (!parts || !project) {
    sendText(response, 404, 'Page Not Found\n');
    return;
  }
  const repository = await forge.repository(project);
  const [, name, kind, rest] = parts;
  const readme = `${project.defaultBranch}/README.md`;
  const text = kind
    ? await textOf(project, repository, kind, rest)
    : (await textOf(project, repository, 'blob', readme)) ?? `${name}\n`;
  if (text === undefined) sendText(response, 404, 'Page Not Found\n');
  else {
    response
      .writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
      .end(text);
  }
}
