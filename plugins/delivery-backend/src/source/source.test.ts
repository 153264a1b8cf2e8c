import { mockCredentials } from '@backstage/backend-test-utils';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { playHttp } from '../__testUtils__/playHttp';
import type { BuildTools } from '../builds/types';
import { GitLabClient } from '../gitlab/GitLabClient';
import { createDeleteProjectAction } from './createDeleteProjectAction';
import { SourceService } from './SourceService';

const place = { cluster: 'kepler', namespace: 'wealth', app: 'order' };
const PROJECT = '/api/v4/projects/wealth%2Forder';

const commit = (id: string, title = id) => ({
  id,
  title,
  author_name: 'Lin Yue',
  committed_date: '2026-11-26T10:00:00+08:00',
  web_url: `http://git/${id}`,
});
const request = (iid: number, more: object = {}) => ({
  iid,
  title: `Request ${iid}`,
  state: 'merged',
  author: { name: 'Priya Nair' },
  source_branch: 'feature',
  target_branch: 'main',
  created_at: '2026-11-25T10:00:00Z',
  web_url: `http://git/-/merge_requests/${iid}`,
  ...more,
});
const project = (more: object = {}) => ({
  id: 7,
  path_with_namespace: 'wealth/order',
  web_url: 'http://git/wealth/order',
  http_url_to_repo: 'http://git/wealth/order.git',
  default_branch: 'main',
  created_at: '2026-11-26T10:00:00Z',
  ...more,
});

describe('source', () => {
  let upstream: Awaited<ReturnType<typeof playHttp>>;
  let tools: BuildTools;
  let service: SourceService;
  const credentials = mockCredentials.user();
  const names = {
    refOf: () => 'kepler/wealth/service/order',
    of: async () => ({ project: 'wealth/order' }),
  } as unknown as BuildTools['names'];
  const sight = { require: async () => undefined } as never;

  beforeEach(async () => {
    upstream = await playHttp({
      [`GET ${PROJECT}`]: { status: 200, body: project() },
      [`GET ${PROJECT}/repository/tags`]: {
        status: 200,
        body: [{ name: '1.2.0', commit: commit('b') }],
      },
      [`GET ${PROJECT}/repository/branches`]: {
        status: 200,
        body: [{ name: 'main', commit: commit('c') }],
      },
      [`GET ${PROJECT}/merge_requests`]: {
        status: 200,
        body: [
          request(3, { merge_commit_sha: 'c' }),
          request(2, { merge_commit_sha: 'z' }),
        ],
      },
      [`GET ${PROJECT}/repository/compare`]: {
        status: 200,
        body: {
          commits: [commit('b'), commit('c')],
          diffs: [
            { old_path: 'a', new_path: 'a' },
            { old_path: 'n', new_path: 'n', new_file: true },
            { old_path: 'x', new_path: 'y', renamed_file: true },
            { old_path: 'd', new_path: 'd', deleted_file: true },
          ],
        },
      },
    });
    const gitlab = new GitLabClient({
      url: upstream.url,
      publicUrl: upstream.url,
      token: 'secret',
      timeoutSeconds: 2,
    });
    tools = { gitlab, names } as BuildTools;
    service = new SourceService({ gitlab, names, sight });
  });

  afterEach(() => upstream.stop());

  it('tells tags, branches and open merge requests', async () => {
    const answer = await service.overview(place, credentials);
    expect(answer).toMatchObject({
      project: 'wealth/order',
      url: 'http://git/wealth/order',
      defaultBranch: 'main',
      tags: [
        { name: '1.2.0', commit: { id: 'b', at: '2026-11-26T02:00:00.000Z' } },
      ],
      branches: [{ name: 'main' }],
      provenance: { sources: [{ name: 'gitlab', state: 'ok' }] },
    });
    expect(upstream.seen).toContain(
      `GET ${PROJECT}/merge_requests?per_page=100&state=opened`,
    );
  });

  it('tells what came between two revisions, and what brought it', async () => {
    const changes = await service.changes(
      place,
      { from: '1.1.0', to: '1.2.0' },
      credentials,
    );
    expect(changes.commits.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(changes.mergeRequests.map(({ number }) => number)).toEqual([3]);
    expect(changes.files).toEqual([
      { path: 'a', change: 'changed' },
      { path: 'n', change: 'added' },
      { path: 'y', formerPath: 'x', change: 'renamed' },
      { path: 'd', change: 'deleted' },
    ]);
    expect(changes.isBackwards).toBe(false);
  });

  it('tells what would be lost by going back', async () => {
    let asked = 0;
    upstream.answers[`GET ${PROJECT}/repository/compare`] = () => {
      asked += 1;
      return {
        status: 200,
        body: { commits: asked === 1 ? [] : [commit('b')], diffs: [] },
      };
    };
    const changes = await service.changes(
      place,
      { from: '1.2.0', to: '1.1.0' },
      credentials,
    );
    expect(changes).toMatchObject({
      isBackwards: true,
      commits: [{ id: 'b' }],
    });
  });

  it('is unknown, with the reason, without a project or without GitLab', async () => {
    delete upstream.answers[`GET ${PROJECT}`];
    const reason = async () =>
      (await service.overview(place, credentials)).provenance.sources;
    expect(await reason()).toEqual([
      {
        name: 'gitlab',
        state: 'absent',
        reason: 'GitLab has no project wealth/order',
      },
    ]);
    upstream.state.isDown = true;
    expect(await reason()).toEqual([
      {
        name: 'gitlab',
        state: 'failed',
        reason: 'GitLab answered 502: "Bad gateway"',
      },
    ]);
  });

  const context = {
    resourceVersion: '7',
    actor: 'user:default/lin',
    reason: '',
  };

  async function remove(asked: object) {
    const action = createDeleteProjectAction(tools);
    const input = parseWith(action.input, { ...place, ...asked }, 'input');
    const preview = await action.preview(input);
    await action.run(input, context);
    return {
      preview,
      outcome: await action.verify(input, {
        signal: AbortSignal.timeout(1000),
        report: () => undefined,
      }),
    };
  }

  it('is archived, once', async () => {
    upstream.answers[`POST ${PROJECT}/archive`] = () => {
      upstream.answers[`GET ${PROJECT}`] = {
        status: 200,
        body: project({ archived: true }),
      };
      return { status: 201, body: {} };
    };
    const first = await remove({});
    expect(first.preview.summary).toBe('Archive the project wealth/order');
    expect(first.outcome.state).toBe('succeeded');
    const again = await remove({});
    expect(again.preview.summary).toBe(
      'The project wealth/order is archived already',
    );
    expect(upstream.seen.filter(line => line.startsWith('POST'))).toHaveLength(
      1,
    );
  });

  it('is deleted after its path is typed, or when the work made it', async () => {
    upstream.answers[`DELETE ${PROJECT}`] = () => {
      delete upstream.answers[`GET ${PROJECT}`];
      return { status: 202, body: {} };
    };
    const action = createDeleteProjectAction(tools);
    const typed = await action.preview(
      parseWith(action.input, { ...place, how: 'delete' }, 'input'),
    );
    expect(typed.typedConfirmation).toBe('wealth/order');
    const { preview, outcome } = await remove({
      how: 'delete',
      madeAfter: '2026-11-26T09:59:00Z',
    });
    expect(preview.typedConfirmation).toBeUndefined();
    expect(outcome.state).toBe('succeeded');
  });

  it('is left alone where it is older than the work that is taken back', async () => {
    await expect(
      remove({ how: 'delete', madeAfter: '2026-11-26T10:00:01Z' }),
    ).rejects.toThrow(
      /^madeAfter: expected a time before wealth\/order was made/,
    );
    expect(upstream.seen.some(line => line.startsWith('DELETE'))).toBe(false);
  });
});
