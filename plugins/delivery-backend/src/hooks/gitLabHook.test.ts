import { createServer } from 'node:http';
import { mockErrorHandler } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { startDelivery } from '../__testUtils__/startDelivery';
import { BuildWatches, type BuildsEvent } from '../builds/BuildWatches';
import { createGitLabHookRouter } from './createGitLabHookRouter';

const TOKEN = 'known-to-gitlab';

describe('the hook of GitLab', () => {
  const told: string[] = [];
  const serve = (token: string | undefined) =>
    createServer(
      express()
        .use(
          createGitLabHookRouter({
            token,
            onPush: project => told.push(project),
          }),
        )
        .use(mockErrorHandler()),
    );
  const push = (given: string, event = 'Push Hook', token?: string) =>
    request(serve(token ?? TOKEN))
      .post('/hooks/gitlab')
      .set('X-Gitlab-Token', given)
      .set('X-Gitlab-Event', event)
      .send({ project: { path_with_namespace: 'wealth/order' } });

  beforeEach(() => {
    told.length = 0;
  });

  it('tells of pushes to a project', async () => {
    expect((await push(TOKEN)).status).toBe(200);
    expect((await push(TOKEN, 'Pipeline Hook')).status).toBe(200);
    expect(told).toEqual(['wealth/order', 'wealth/order']);
  });

  it('refuses a wrong token, and any where none is configured', async () => {
    for (const given of ['', 'known-to-gitlaB', `${TOKEN}x`]) {
      const { status, text } = await push(given);
      expect(status).toBe(401);
      expect(text).toContain('orrery.gitlab.webhookToken');
    }
    expect(
      (
        await request(serve(undefined))
          .post('/hooks/gitlab')
          .set('X-Gitlab-Token', '')
          .send({})
      ).status,
    ).toBe(401);
    expect(told).toEqual([]);
  });

  it('takes what it does not know, and does nothing', async () => {
    expect((await push(TOKEN, 'Wiki Page Hook')).status).toBe(204);
    expect(told).toEqual([]);
  });

  it('is reached without an identity of Backstage', async () => {
    const { server, stop } = await startDelivery();
    const { status, text } = await request(server)
      .post('/api/delivery/hooks/gitlab')
      .set('X-Gitlab-Token', TOKEN)
      .send({});
    expect(status).toBe(401);
    expect(text).toContain('orrery.gitlab.webhookToken');
    await stop();
  });

  it('refuses a body without a project', async () => {
    const { status, text } = await request(serve(TOKEN))
      .post('/hooks/gitlab')
      .set('X-Gitlab-Token', TOKEN)
      .set('X-Gitlab-Event', 'Push Hook')
      .send({});
    expect(status).toBe(400);
    expect(text).toContain('project');
  });
});

describe('BuildWatches', () => {
  let builds: { number: number; url: string; building: boolean }[];
  let isDown: boolean;
  let asked: number;
  const jenkins = {
    job: async () => {
      asked += 1;
      if (isDown) {
        throw new Error('Jenkins is down');
      }
      return { url: '', builds };
    },
    queueOf: async () => [],
  };
  const names = { job: 'order.wealth', project: 'wealth/order' };

  beforeEach(() => {
    jest.useFakeTimers();
    builds = [];
    isDown = false;
    asked = 0;
  });

  afterEach(() => jest.useRealTimers());

  const viewer = (watches: BuildWatches) => {
    const seen: BuildsEvent[] = [];
    return { seen, stop: watches.watch(names, event => seen.push(event)) };
  };
  const pass = () => jest.advanceTimersByTimeAsync(5_000);

  it('asks once for all viewers, and tells each of what changed', async () => {
    const watches = new BuildWatches({ jenkins });
    const [one, other] = [viewer(watches), viewer(watches)];
    await pass();
    expect([one.seen, asked]).toEqual([[], 2]);
    builds = [{ number: 1, url: '', building: true }];
    await pass();
    expect(one.seen).toEqual(['builds']);
    expect(other.seen).toEqual(['builds']);
    isDown = true;
    await pass();
    await pass();
    expect(one.seen).toEqual(['builds', 'builds']);
    expect(asked).toBe(5);
    one.stop();
    other.stop();
    await pass();
    expect(asked).toBe(5);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells viewers of a project of pushes, with Jenkins or without', () => {
    const watches = new BuildWatches({ jenkins: undefined });
    const { seen } = viewer(watches);
    watches.pushed('wealth/other');
    watches.pushed('wealth/order');
    expect(seen).toEqual(['push']);
  });
});
