import { mockErrorHandler } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import express from 'express';
import request from 'supertest';
import { startDelivery } from '../__testUtils__/startDelivery';
import { BuildWatches, type BuildsEvent } from '../builds/BuildWatches';
import { readJenkins } from '../jenkins/readJenkins';
import { createJenkinsHookRouter } from './createJenkinsHookRouter';

const TOKEN = 'known-to-jenkins';

describe('the hook of Jenkins', () => {
  const told: string[] = [];
  const call = (given: string | undefined, body: object, token?: string) =>
    request(
      express()
        .use(createJenkinsHookRouter({ token, onBuild: job => told.push(job) }))
        .use(mockErrorHandler()),
    )
      .post('/hooks/jenkins')
      .query(given === undefined ? {} : { token: given })
      .send(body);

  beforeEach(() => {
    told.length = 0;
  });

  it.each([
    ['job/order.wealth/', 'order.wealth'],
    ['/job/team%20a/job/order.wealth', 'team a/order.wealth'],
    ['job/report.wealth/job/feature%2Fx/', 'report.wealth/feature/x'],
  ])('tells of builds of %s', async (url, job) => {
    const answer = await call(
      TOKEN,
      { name: 'x', url, build: { number: 1, phase: 'STARTED' } },
      TOKEN,
    );
    expect([answer.status, told]).toEqual([200, [job]]);
  });

  it.each([
    [undefined, TOKEN],
    ['known-to-jenkinS', TOKEN],
    ['', TOKEN],
    [TOKEN, undefined],
  ])('refuses the token %j where %j is configured', async (given, token) => {
    const answer = await call(given, { url: 'job/order/' }, token);
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('orrery.jenkins.webhookToken');
    expect(told).toEqual([]);
  });

  it('is reached without an identity of Backstage', async () => {
    const { server, stop } = await startDelivery();
    const { status, text } = await request(server)
      .post('/api/delivery/hooks/jenkins')
      .send({ url: 'job/order/' });
    expect(status).toBe(401);
    expect(text).toContain('orrery.jenkins.webhookToken');
    await stop();
  });

  it.each([{}, { url: 'https://elsewhere.example/job/x' }, { url: 'job/' }])(
    'refuses %j, which names no job',
    async body => {
      const answer = await call(TOKEN, body, TOKEN);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain('url: expected');
    },
  );

  it.each(['short', 'with a space in it', 'a&token=b-and-more'])(
    'is not configured with %j, which is no part of an address',
    webhookToken => {
      const config = new ConfigReader({
        orrery: {
          jenkins: {
            url: 'http://jenkins.example',
            username: 'a',
            token: 'b',
            webhookToken,
          },
        },
      });
      expect(() => readJenkins(config)).toThrow(
        'orrery.jenkins.webhookToken: expected at least 8 letters',
      );
    },
  );
});

describe('watches that Jenkins tells of builds', () => {
  let builds: { number: number; url: string; building: boolean }[] = [];
  let answers: (() => void)[] = [];
  const jenkins = {
    job: () =>
      new Promise<{ url: string; builds: typeof builds }>(resolve => {
        const now = builds;
        answers.push(() => resolve({ url: '', builds: now }));
      }),
    queueOf: async () => [],
  };
  const settle = async () => {
    answers.splice(0).forEach(answer => answer());
    await jest.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    builds = [];
    answers = [];
  });

  afterEach(() => jest.useRealTimers());

  const open = () => {
    const watches = new BuildWatches({ jenkins });
    const seen: BuildsEvent[] = [];
    const stop = watches.watch(
      { job: 'report.wealth', project: 'wealth/report' },
      event => seen.push(event),
    );
    return { watches, seen, stop };
  };
  const BUILD = { number: 1, url: '', building: true };

  it.each(['report.wealth', 'report.wealth/main'])(
    'look at once when %s was built',
    async job => {
      const { watches, seen, stop } = open();
      await settle();
      builds = [BUILD];
      watches.built(job);
      await settle();
      expect(seen).toEqual(['builds']);
      stop();
      expect(jest.getTimerCount()).toBe(0);
    },
  );

  it('look again when they were looking already', async () => {
    const { watches, seen, stop } = open();
    await settle();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(answers).toHaveLength(1);
    builds = [BUILD];
    watches.built('report.wealth');
    watches.built('report.wealth');
    await settle();
    expect([seen, answers.length]).toEqual([[], 1]);
    await settle();
    expect(seen).toEqual(['builds']);
    expect([answers.length, jest.getTimerCount()]).toEqual([0, 1]);
    stop();
  });

  it('leave other jobs alone', async () => {
    const { watches, stop } = open();
    await settle();
    watches.built('report.wealth-old');
    watches.built('order.wealth');
    expect(answers).toEqual([]);
    stop();
  });
});
