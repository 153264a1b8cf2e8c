import { createHash } from 'node:crypto';
import type { FileAction } from '../git/edit';
import {
  notFound,
  paged,
  projectOf,
  Refusal,
  required,
  flag,
  text,
  type Answer,
  type Call,
  type Route,
} from './Call';
import { commitActions, commitOf } from './commits';

async function found(call: Call, id: string, path: string) {
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const ref = text(call, 'ref') ?? 'HEAD';
  const commit = await commitOf(repository, ref);
  const file = await repository.file(commit, path);
  if (!file) throw notFound('File');
  const [last] = await repository.log(commit, { count: 1, path });
  const sha256 = createHash('sha256').update(file.content).digest('hex');
  return {
    content: file.content,
    headers: {
      'X-Gitlab-Blob-Id': file.id,
      'X-Gitlab-Commit-Id': commit,
      'X-Gitlab-Content-Sha256': sha256,
      'X-Gitlab-Encoding': 'base64',
      'X-Gitlab-File-Name': encodeURIComponent(path.split('/').at(-1) ?? path),
      'X-Gitlab-File-Path': encodeURIComponent(path),
      'X-Gitlab-Last-Commit-Id': last.id,
      'X-Gitlab-Ref': ref,
      'X-Gitlab-Size': String(file.content.length),
      ETag: `W/"${sha256.slice(0, 32)}"`,
    },
    body: {
      file_name: path.split('/').at(-1) ?? path,
      file_path: path,
      size: file.content.length,
      encoding: 'base64',
      content_sha256: sha256,
      ref,
      blob_id: file.id,
      commit_id: commit,
      last_commit_id: last.id,
      execute_filemode: false,
      content: file.content.toString('base64'),
    },
  };
}

async function show(call: Call, id: string, path: string): Promise<Answer> {
  required(call, 'ref');
  const { headers, body } = await found(call, id, path);
  return { headers, body };
}

async function raw(call: Call, id: string, path: string): Promise<Answer> {
  const { headers, content } = await found(call, id, path);
  if (call.request.headers['if-none-match'] === headers.ETag) {
    return { status: 304, headers: { ETag: headers.ETag } };
  }
  return {
    bytes: content,
    headers: {
      ...headers,
      'Content-Type': content.includes(0)
        ? 'application/octet-stream'
        : 'text/plain; charset=utf-8',
    },
  };
}

function edit(action: FileAction['action'], status: number) {
  return async (call: Call, id: string, path: string): Promise<Answer> => {
    const project = projectOf(call, id);
    required(call, 'branch', 'commit_message');
    const content = text(call, 'content');
    if (action !== 'delete' && content === undefined) {
      throw new Refusal(400, { error: 'content is missing' });
    }
    const encoding = text(call, 'encoding') === 'base64' ? 'base64' : 'utf8';
    await commitActions(call, project, [
      { action, path, content: Buffer.from(content ?? '', encoding) },
    ]);
    return status === 204
      ? { status }
      : { status, body: { file_path: path, branch: text(call, 'branch') } };
  };
}

async function tree(call: Call, id: string): Promise<Answer> {
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const ref = text(call, 'ref') || project.defaultBranch;
  const commit = await repository.resolve(ref);
  if (!commit) throw notFound('Tree');
  const path = text(call, 'path') ?? '';
  const entries = await repository.tree(commit, path, flag(call, 'recursive'));
  if (!entries) throw notFound('Tree');
  // Folders come first, as in GitLab.
  const rank = (type: string) => (type === 'tree' ? 0 : 1);
  const sorted = [...entries].sort(
    (left, right) => rank(left.type) - rank(right.type),
  );
  return paged(call, sorted, each => each);
}

const formats: Readonly<Record<string, readonly [git: string, type: string]>> =
  {
    'tar.gz': ['tar.gz', 'application/octet-stream'],
    tgz: ['tar.gz', 'application/octet-stream'],
    tar: ['tar', 'application/octet-stream'],
    zip: ['zip', 'application/octet-stream'],
  };

async function archive(
  call: Call,
  id: string,
  suffix: string,
): Promise<Answer> {
  const format = formats[suffix || text(call, 'format') || 'tar.gz'];
  if (!format) throw notFound('File');
  const project = projectOf(call, id);
  const repository = await call.forge.repository(project);
  const ref = text(call, 'sha') || project.defaultBranch;
  const commit = await repository.resolve(ref);
  if (!commit) throw notFound('File');
  const path = text(call, 'path')?.replace(/^\/+|\/+$/g, '');
  const name = [
    project.path,
    ref.replaceAll('/', '-'),
    commit,
    ...(path ? [path.replaceAll('/', '-')] : []),
  ].join('-');
  const isFolder = !path || (await repository.entry(commit, path, 'tree'));
  if (!isFolder) throw notFound('File');
  const bytes = await repository.raw([
    'archive',
    `--format=${format[0]}`,
    `--prefix=${name}/`,
    commit,
    ...(path ? ['--', path] : []),
  ]);
  return {
    bytes,
    headers: {
      'Content-Type': format[1],
      'Content-Disposition': `attachment; filename="${name}.${format[0]}"`,
      ETag: `W/"${commit.slice(0, 32)}"`,
    },
  };
}

const RAW = /^\/projects\/([^/]+)\/repository\/files\/(.+)\/raw$/;
const FILE = /^\/projects\/([^/]+)\/repository\/files\/(.+)$/;

/** Files and folders at a commit. */
export const fileRoutes: readonly Route[] = [
  ['GET', RAW, raw],
  ['GET', FILE, show],
  ['POST', FILE, edit('create', 201)],
  ['PUT', FILE, edit('update', 200)],
  ['DELETE', FILE, edit('delete', 204)],
  ['GET', /^\/projects\/([^/]+)\/repository\/tree$/, tree],
  [
    'GET',
    /^\/projects\/([^/]+)\/repository\/archive(?:\.([a-z.2]+))?$/,
    archive,
  ],
];
