import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ManualClock } from '../clock';
import { Effects } from '../simulator';
import { serveFacade, type Served } from '../testing/serveFacade';
import { defaultWorld } from '../world/default';
import {
  createGitLab,
  Forge,
  GITLAB_READER_TOKEN,
  GITLAB_TOKEN,
  SourceHistory,
} from './index';

const execute = promisify(execFile);
const PAYMENT = 'projects/wealth%2Fpayment';

/** Git is started many times, on machines that may be busy. */
jest.setTimeout(30_000);

describe('GitLab', () => {
  const source = new SourceHistory(defaultWorld, 1);
  const effects = new Effects();
  let served: Served;
  let folder: string;

  beforeAll(async () => {
    const clock = new ManualClock(Date.parse('2026-11-26T10:00:00Z'));
    const forge = new Forge({ world: defaultWorld, source, clock });
    served = await serveFacade(createGitLab(forge, effects));
    folder = await mkdtemp(join(tmpdir(), 'orrery-gitlab-test-'));
  });

  afterAll(async () => {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function call(
    method: string,
    path: string,
    body?: unknown,
    token = GITLAB_TOKEN,
  ) {
    const response = await fetch(`${served.url}/api/v4/${path}`, {
      method,
      headers: {
        'PRIVATE-TOKEN': token,
        'Content-Type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const content = await response.text();
    const parsed = content.startsWith('{') || content.startsWith('[');
    return {
      status: response.status,
      headers: response.headers,
      body: parsed ? JSON.parse(content) : content,
    };
  }

  const remote = (path: string, token = GITLAB_TOKEN) =>
    `${served.url.replace('http://', `http://oauth2:${token}@`)}/${path}.git`;

  const git = async (cwd: string, ...words: string[]) =>
    (
      await execute('git', words, {
        cwd,
        env: {
          ...process.env,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_AUTHOR_NAME: 'Lin',
          GIT_AUTHOR_EMAIL: 'lin@kepler.example',
          GIT_COMMITTER_NAME: 'Lin',
          GIT_COMMITTER_EMAIL: 'lin@kepler.example',
        },
      })
    ).stdout.trim();

  it('has a sound repository with a tag for what runs, at the commit that images name', async () => {
    const clone = join(folder, 'payment');
    await git(folder, 'clone', '-q', remote('wealth/payment'), clone);
    await git(clone, 'fsck', '--strict');
    expect(await git(clone, 'rev-parse', '2.0.0')).toBe(
      source.revision('wealth/payment', '2.0.0'),
    );
    const files = await git(clone, 'ls-tree', '--name-only', 'HEAD');
    expect(files.split('\n')).toEqual(
      expect.arrayContaining(['Jenkinsfile', 'Dockerfile', 'README.md', 'src']),
    );
  });

  it('takes a push, tells the webhooks, and refuses who only reads', async () => {
    const heard: { event: unknown; token: unknown; body: string }[] = [];
    const listener: Server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        heard.push({
          event: request.headers['x-gitlab-event'],
          token: request.headers['x-gitlab-token'],
          body: Buffer.concat(chunks).toString(),
        });
        response.end();
      });
    });
    await new Promise<void>(resolve => {
      listener.listen(0, '127.0.0.1', resolve);
    });
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await call('POST', `${PAYMENT}/hooks`, {
      url: `http://127.0.0.1:${port}/hook`,
      token: 'secret',
      tag_push_events: true,
    });
    const clone = join(folder, 'pushed');
    await git(folder, 'clone', '-q', remote('wealth/payment'), clone);
    await writeFile(join(clone, 'NEWS.md'), 'news\n');
    await git(clone, 'add', '.');
    await git(clone, 'commit', '-qm', 'feat: tell news');
    await git(clone, 'tag', '9.0.0');
    await git(clone, 'push', '-q', 'origin', 'main', '9.0.0');
    const head = await git(clone, 'rev-parse', 'HEAD');
    while (heard.length < 2) {
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    }
    listener.close();
    expect(heard.map(({ event }) => event).sort()).toEqual([
      'Push Hook',
      'Tag Push Hook',
    ]);
    expect(heard[0].token).toBe('secret');
    const push = heard.find(({ event }) => event === 'Push Hook');
    expect(JSON.parse(push?.body ?? '')).toMatchObject({
      after: head,
      ref: 'refs/heads/main',
      commits: [{ id: head, added: ['NEWS.md'] }],
    });
    const commit = await call('GET', `${PAYMENT}/repository/commits/main`);
    expect(commit.body).toMatchObject({ id: head, title: 'feat: tell news' });
    const reader = remote('wealth/payment', GITLAB_READER_TOKEN);
    await expect(
      git(clone, 'push', '-q', reader, 'main:refs/heads/other'),
    ).rejects.toThrow('403');
  });

  it('pages tags, and says where the next ones are', async () => {
    const first = await call('GET', 'projects?per_page=3&order_by=id&sort=asc');
    expect(first.body).toHaveLength(3);
    expect(first.headers.get('x-next-page')).toBe('2');
    expect(Number(first.headers.get('x-total'))).toBeGreaterThan(10);
    expect(first.headers.get('link')).toContain('rel="next"');
  });

  it('creates a project, commits to it, and merges', async () => {
    const { body: group } = await call('GET', 'groups/wealth');
    const input = {
      name: 'shiny',
      path: 'shiny',
      namespace_id: group.id,
      initialize_with_readme: true,
    };
    const made = await call('POST', 'projects', input);
    expect(made.status).toBe(201);
    expect(made.body.http_url_to_repo).toBe(`${served.url}/wealth/shiny.git`);
    const again = await call('POST', 'projects', input);
    expect(again.status).toBe(400);
    expect(again.body.message.path).toEqual(['has already been taken']);
    const project = `projects/${made.body.id}`;
    const commit = await call('POST', `${project}/repository/commits`, {
      branch: 'topic',
      start_branch: 'main',
      commit_message: 'feat: two files',
      actions: [
        { action: 'create', file_path: 'a/b.txt', content: 'b\n' },
        { action: 'move', previous_path: 'README.md', file_path: 'docs.md' },
      ],
    });
    expect(commit.status).toBe(201);
    const twice = await call('POST', `${project}/repository/commits`, {
      branch: 'topic',
      commit_message: 'again',
      actions: [{ action: 'create', file_path: 'a/b.txt', content: 'c' }],
    });
    expect(twice).toMatchObject({
      status: 400,
      body: { message: 'A file with this name already exists' },
    });
    const request = await call('POST', `${project}/merge_requests`, {
      source_branch: 'topic',
      target_branch: 'main',
      title: 'Two files',
    });
    expect(request.body).toMatchObject({
      iid: 1,
      state: 'opened',
      detailed_merge_status: 'mergeable',
    });
    const second = await call('POST', `${project}/merge_requests`, {
      source_branch: 'topic',
      target_branch: 'main',
      title: 'Two files',
    });
    expect(second.status).toBe(409);
    const merged = await call('PUT', `${project}/merge_requests/1/merge`);
    expect(merged.body).toMatchObject({ state: 'merged' });
    const file = await call(
      'GET',
      `${project}/repository/files/a%2Fb.txt/raw?ref=main`,
    );
    expect(file.body).toBe('b\n');
    const tree = await call(
      'GET',
      `${project}/repository/tree?recursive=true&ref=main`,
    );
    expect(tree.body.map(({ path }: { path: string }) => path)).toEqual([
      'a',
      'a/b.txt',
      'docs.md',
    ]);
    expect(
      (await call('PUT', `${project}/merge_requests/1/merge`)).status,
    ).toBe(405);
    expect((await call('DELETE', project)).status).toBe(202);
    expect((await call('GET', project)).status).toBe(404);
  });

  it('does not merge what contradicts', async () => {
    const project = 'projects/wealth%2Fquote';
    for (const branch of ['left', 'right']) {
      await call('POST', `${project}/repository/commits`, {
        branch,
        start_branch: 'main',
        commit_message: branch,
        actions: [
          { action: 'update', file_path: 'README.md', content: branch },
        ],
      });
    }
    const { body } = await call('POST', `${project}/merge_requests`, {
      source_branch: 'left',
      target_branch: 'right',
      title: 'Both',
    });
    const path = `${project}/merge_requests/${body.iid}`;
    const found = await call('GET', path);
    expect(found.body).toMatchObject({ has_conflicts: true });
    const merged = await call('PUT', `${path}/merge`);
    expect(merged).toMatchObject({
      status: 422,
      body: { message: 'Branch cannot be merged' },
    });
  });

  it('knows what was merged between two versions', async () => {
    const { body } = await call(
      'GET',
      `${PAYMENT}/repository/compare?from=2.0.0&to=2.1.0`,
    );
    const commits = body.commits.map(({ id }: { id: string }) => id);
    const merged = await call(
      'GET',
      `${PAYMENT}/merge_requests?state=merged&order_by=updated_at&per_page=100`,
    );
    const between = merged.body.filter(({ sha }: { sha: string }) =>
      commits.includes(sha),
    );
    expect(between.length).toBeGreaterThan(0);
    expect(between[0]).toMatchObject({
      state: 'merged',
      merged_at: expect.stringMatching(/Z$/),
    });
    const diffs = await call(
      'GET',
      `${PAYMENT}/merge_requests/${between[0].iid}/diffs`,
    );
    expect(diffs.body.length).toBeGreaterThan(0);
  });

  it('has merge requests that wait, which can be merged', async () => {
    const { body } = await call('GET', 'merge_requests?state=opened');
    expect(body.length).toBeGreaterThan(3);
    const statuses = body.map(
      (request: { detailed_merge_status: string }) =>
        request.detailed_merge_status,
    );
    expect(statuses).toContain('mergeable');
  });

  it('compares tags as they follow each other', async () => {
    const { body } = await call(
      'GET',
      `${PAYMENT}/repository/compare?from=2.0.0&to=2.0.1`,
    );
    expect(body.commits.length).toBeGreaterThan(1);
    expect(
      body.diffs.map((diff: { new_path: string }) => diff.new_path),
    ).toContain('CHANGELOG.md');
  });

  it.each([
    ['GET', 'projects/wealth%2Fnothing', undefined, 404],
    ['GET', `${PAYMENT}/repository/files/no.txt?ref=main`, undefined, 404],
    ['GET', `${PAYMENT}/repository/files/README.md`, undefined, 400],
    ['GET', `${PAYMENT}/repository/tags/--all`, undefined, 404],
    [
      'POST',
      `${PAYMENT}/repository/tags`,
      { tag_name: '2.0.0', ref: 'main' },
      400,
    ],
    ['POST', `${PAYMENT}/repository/branches`, { branch: 'x' }, 400],
    ['DELETE', `${PAYMENT}/repository/branches/main`, undefined, 403],
    ['POST', `${PAYMENT}/hooks`, { url: 'ftp' }, 422],
  ])('refuses %s %s', async (method, path, body, status) => {
    expect((await call(method, path, body)).status).toBe(status);
  });

  it('lets nobody in without a token, and readers only look', async () => {
    expect((await call('GET', 'user', undefined, 'wrong')).status).toBe(401);
    const reader = GITLAB_READER_TOKEN;
    expect((await call('GET', PAYMENT, undefined, reader)).status).toBe(200);
    const created = await call('POST', 'projects', { name: 'x' }, reader);
    expect(created).toMatchObject({
      status: 403,
      body: { message: '403 Forbidden' },
    });
  });

  it('can be down', async () => {
    effects.gitlab = 'down';
    expect((await call('GET', 'user')).status).toBe(502);
    effects.gitlab = 'answering';
  });
});
