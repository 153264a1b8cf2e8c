import { mockCredentials } from '@backstage/backend-test-utils';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { playJenkins } from '../__testUtils__/playJenkins';
import { JenkinsClient } from '../jenkins/JenkinsClient';
import { BuildsService } from './BuildsService';
import { createAbortBuildAction } from './createAbortBuildAction';
import { createCancelBuildAction } from './createCancelBuildAction';
import {
  createCreateJobAction,
  createDeleteJobAction,
} from './createJobActions';
import { createStartBuildAction } from './createStartBuildAction';
import { streamConsole } from './streamConsole';
import type { BuildTools } from './types';

const place = { cluster: 'kepler', namespace: 'wealth', app: 'order' };
const context = {
  resourceVersion: '1',
  actor: 'user:default/lin',
  reason: 'Because',
};

describe('builds', () => {
  let jenkins: Awaited<ReturnType<typeof playJenkins>>;
  let tools: BuildTools;
  let service: BuildsService;
  const credentials = mockCredentials.user();
  const names = {
    refOf: () => 'kepler/wealth/service/order',
    of: async () => ({
      ref: 'kepler/wealth/service/order',
      system: 'wealth',
      job: 'order.wealth',
      project: 'wealth/order',
      image: 'wealth/order',
    }),
  } as unknown as BuildTools['names'];
  const sight = { require: async () => undefined } as never;

  beforeEach(async () => {
    jenkins = await playJenkins();
    const client = new JenkinsClient({
      url: jenkins.url,
      publicUrl: jenkins.url,
      username: 'orrery',
      token: 'secret',
      timeoutSeconds: 2,
    });
    tools = {
      client: new MemoryCluster(),
      config: {
        readOnly: false,
        clusters: [],
        environments: [],
        approvalExpiryHours: 1,
      } as never,
      names,
      jenkins: client,
      gitlab: {
        project: async () => ({
          http_url_to_repo: 'http://git/wealth/order.git',
        }),
      } as never,
      pollMilliseconds: 5,
    };
    service = new BuildsService({ jenkins: client, names, sight });
  });

  afterEach(() => jenkins.stop());

  /** Previews, runs and follows an action. */
  async function drive(
    action: ActionDefinition,
    asked: object,
    meanwhile: () => void = () => undefined,
  ) {
    const input = parseWith(action.input, asked, 'input');
    const preview = await action.preview(input);
    await action.run(input, context);
    const told: string[] = [];
    const timer = setTimeout(meanwhile, 20);
    const outcome = await action.verify(input, {
      signal: AbortSignal.timeout(2000),
      report: message => told.push(message),
    });
    clearTimeout(timer);
    return { preview, outcome, told };
  }

  const withJob = () =>
    jenkins.jobs.set('order.wealth', { xml: '', builds: [] });

  it('are followed from the queue to their end, with their parameters', async () => {
    withJob();
    const { preview, outcome, told } = await drive(
      createStartBuildAction(tools),
      { ...place, parameters: { TAG: '1.2.0' } },
      () => jenkins.take('SUCCESS'),
    );
    expect(preview.after).toBe(
      'job: order.wealth\nparameters:\n  TAG: 1.2.0\n  MODE: ""\n',
    );
    expect(told).toEqual(['Waiting: No executor']);
    expect(outcome).toEqual({
      state: 'succeeded',
      message: 'Build 1 succeeded',
    });
    const { builds, queue, parameters } = await service.list(
      place,
      credentials,
    );
    expect(builds).toEqual([
      {
        number: 1,
        state: 'succeeded',
        startedAt: '2026-11-26T10:00:00.000Z',
        durationMilliseconds: 60_000,
        parameters: { TAG: '1.2.0' },
        cause: 'Started by user orrery',
        revision: 'abc',
        url: 'http://jenkins/job/order.wealth/1/',
      },
    ]);
    expect(queue).toEqual([]);
    expect(parameters).toEqual([
      { name: 'TAG', kind: 'text', fallback: '' },
      { name: 'MODE', kind: 'choice', choices: ['fast', 'full'] },
      { name: 'KEY', kind: 'secret' },
    ]);
  });

  it('that fail, fail the action', async () => {
    withJob();
    const { outcome } = await drive(createStartBuildAction(tools), place, () =>
      jenkins.take('FAILURE'),
    );
    expect(outcome).toEqual({ state: 'failed', message: 'Build 1: failed' });
  });

  it('that wait say why', async () => {
    withJob();
    const action = createStartBuildAction(tools);
    const input = parseWith(action.input, place, 'input');
    await action.run(input, context);
    expect((await service.list(place, credentials)).queue).toEqual([
      { id: 0, why: 'No executor', isStuck: true, parameters: {} },
    ]);
    expect(
      await action.verify(input, {
        signal: AbortSignal.timeout(30),
        report: () => undefined,
      }),
    ).toEqual({
      state: 'failed',
      message: 'Gave up waiting: Waiting: No executor',
    });
  });

  it.each([
    [
      { TAGS: '1' },
      /^parameters\.TAGS: expected a parameter that order\.wealth declares \(TAG, MODE, KEY\)/,
    ],
    [
      { MODE: 'slow' },
      /^parameters\.MODE: expected one of fast, full, got "slow"/,
    ],
  ])('refuse %j before anything is started', async (parameters, message) => {
    withJob();
    const action = createStartBuildAction(tools);
    const input = parseWith(action.input, { ...place, parameters }, 'input');
    await expect(action.preview(input)).rejects.toThrow(message);
    await expect(action.run(input, context)).rejects.toThrow(message);
    expect(jenkins.queue).toEqual([]);
  });

  it('are aborted by their own number', async () => {
    withJob();
    jenkins.jobs
      .get('order.wealth')
      ?.builds.push(
        { result: null, parameters: [] },
        { result: null, parameters: [] },
      );
    const { outcome } = await drive(createAbortBuildAction(tools), {
      ...place,
      number: 1,
    });
    expect(outcome).toEqual({ state: 'succeeded', message: 'It is aborted' });
    expect(
      jenkins.jobs.get('order.wealth')?.builds.map(({ result }) => result),
    ).toEqual(['ABORTED', null]);
    const action = createAbortBuildAction(tools);
    const again = parseWith(action.input, { ...place, number: 1 }, 'input');
    await expect(action.preview(again)).rejects.toThrow(
      /^number: expected a build that is running: this one is aborted/,
    );
  });

  it('of a multibranch job are those of a branch, the primary one by itself', async () => {
    const feature = 'feature%2Fpay';
    withJob();
    jenkins.jobs.set('order.wealth/main', {
      xml: '',
      builds: [{ result: 'SUCCESS', parameters: [] }],
    });
    jenkins.jobs.set(`order.wealth/${feature}`, { xml: '', builds: [] });
    const main = await service.list(place, credentials);
    expect(main).toMatchObject({
      job: 'order.wealth',
      branch: 'main',
      builds: [{ number: 1 }],
      branches: [
        { name: 'main', isPrimary: true, lastBuild: { number: 1 } },
        { name: feature, title: 'feature/pay', isPrimary: false },
      ],
    });
    const start = createStartBuildAction(tools);
    await expect(
      start.preview(parseWith(start.input, place, 'input')),
    ).rejects.toThrow(
      /^branch: expected one of the branches of order\.wealth \(main, feature%2Fpay\)/,
    );
    const ofFeature = { ...place, branch: feature };
    const { preview, outcome } = await drive(start, ofFeature, () =>
      jenkins.take('SUCCESS'),
    );
    expect(preview.summary).toBe(
      'Build order with the job order.wealth/feature%2Fpay',
    );
    expect(outcome.message).toBe('Build 1 succeeded');
    expect((await service.list(ofFeature, credentials)).builds).toHaveLength(1);
    expect(
      (await service.details(ofFeature, 1, credentials)).build.number,
    ).toBe(1);
    jenkins.queue.push({ job: `order.wealth/${feature}`, parameters: [] });
    expect((await service.list(place, credentials)).queue).toEqual([]);
    const cancelled = await drive(createCancelBuildAction(tools), {
      ...ofFeature,
      id: 1,
    });
    expect(cancelled.outcome.state).toBe('succeeded');
    jenkins.jobs
      .get(`order.wealth/${feature}`)
      ?.builds.push({ result: null, parameters: [] });
    const aborted = await drive(createAbortBuildAction(tools), {
      ...ofFeature,
      number: 2,
    });
    expect(aborted.outcome.message).toBe('It is aborted');
    expect(
      (await service.list({ ...place, branch: 'gone' }, credentials)).provenance
        .sources,
    ).toEqual([
      {
        name: 'jenkins',
        state: 'absent',
        reason: 'Jenkins has no branch gone of order.wealth',
      },
    ]);
  });

  it('that wait are taken from the queue, of this service alone', async () => {
    withJob();
    jenkins.queue.push(
      { job: 'ledger.wealth', parameters: [] },
      { job: 'order.wealth', parameters: [] },
      { job: 'order.wealth', parameters: [] },
    );
    const cancel = createCancelBuildAction(tools);
    const { preview, outcome } = await drive(cancel, { ...place, id: 1 });
    expect(preview).toMatchObject({
      summary: 'Take the waiting build 1 of order.wealth from the queue',
      blastRadius: { sentences: ['Jenkins takes it for stuck: No executor'] },
    });
    expect(outcome).toEqual({
      state: 'succeeded',
      message: 'It is taken from the queue',
    });
    expect(jenkins.queue.map(({ isCancelled }) => isCancelled)).toEqual([
      undefined,
      true,
      undefined,
    ]);
    jenkins.take('SUCCESS');
    // Of another service, gone, begun, never there.
    for (const id of [0, 1, 2, 9]) {
      const input = parseWith(cancel.input, { ...place, id }, 'input');
      await expect(cancel.preview(input)).rejects.toThrow(
        /^id: expected a build of order\.wealth that waits in the queue/,
      );
      await expect(cancel.run(input, context)).rejects.toThrow(/^id: /);
    }
  });

  it('that began while they were taken from the queue are said to have', async () => {
    withJob();
    jenkins.queue.push({ job: 'order.wealth', parameters: [], number: 4 });
    const cancel = createCancelBuildAction(tools);
    expect(
      await cancel.verify(
        parseWith(cancel.input, { ...place, id: 0 }, 'input'),
        {
          signal: AbortSignal.timeout(2000),
          report: () => undefined,
        },
      ),
    ).toEqual({ state: 'failed', message: 'It began before, as build 4' });
  });

  it('have a job that is made once, with a crumb where Jenkins wants one', async () => {
    jenkins.state.wantsCrumb = true;
    const { preview, outcome } = await drive(
      createCreateJobAction(tools),
      place,
    );
    expect(preview).toMatchObject({
      summary: 'Make the job order.wealth',
      before: '',
      resourceVersion: 'absent',
    });
    expect(outcome.state).toBe('succeeded');
    expect(jenkins.jobs.get('order.wealth')?.xml).toContain(
      '<url>http://git/wealth/order.git</url>',
    );
    const again = await drive(createCreateJobAction(tools), place);
    expect(again.preview.before).toBe(again.preview.after);
    const gone = await drive(createDeleteJobAction(tools), place);
    expect(gone.outcome.state).toBe('succeeded');
    expect([...jenkins.jobs]).toEqual([]);
    expect(
      (await drive(createDeleteJobAction(tools), place)).preview.summary,
    ).toBe('The job order.wealth is gone already');
  });

  it('tell the portal of themselves, and nobody the token', async () => {
    tools.notify = { url: 'http://portal/hooks/jenkins', token: 'tell-tale' };
    const { preview } = await drive(createCreateJobAction(tools), place);
    expect(jenkins.jobs.get('order.wealth')?.xml).toContain(
      '<urlOrId>http://portal/hooks/jenkins?token=tell-tale</urlOrId>',
    );
    expect(preview.after).toContain('hooks/jenkins?token=••••••<');
    const again = await drive(createCreateJobAction(tools), place);
    expect(again.preview.before).toBe(preview.after);
    const gone = await drive(createDeleteJobAction(tools), place);
    expect(gone.preview.before).toBe(preview.after);
  });

  it('tell their console as it grows, from where a reader was', async () => {
    withJob();
    const build: { result: string | null; parameters: [] } = {
      result: null,
      parameters: [],
    };
    jenkins.jobs.get('order.wealth')?.builds.push(build);
    const events: object[] = [];
    const { jenkins: client, job } = await service.open(place, credentials);
    setTimeout(() => {
      jenkins.state.console += 'Done\n';
      build.result = 'SUCCESS';
    }, 30);
    await streamConsole({
      stream: {
        send: event => events.push(event) > 0,
        onDrain: () => undefined,
        signal: AbortSignal.timeout(2000),
        close: () => undefined,
      },
      read: (offset, signal) => client.console(job, 1, offset, signal),
      start: 2,
      pollMilliseconds: 5,
    });
    expect(events).toEqual([
      { event: 'delta', id: '8', data: '{"text":"arted\\n","isEnd":false}' },
      { event: 'delta', id: '13', data: '{"text":"Done\\n","isEnd":true}' },
    ]);
  });

  it('are unknown, with the reason, where Jenkins is away or has no job', async () => {
    expect((await service.list(place, credentials)).provenance.sources).toEqual(
      [
        {
          name: 'jenkins',
          state: 'absent',
          reason: 'Jenkins has no job order.wealth',
        },
      ],
    );
    jenkins.state.isDown = true;
    expect((await service.list(place, credentials)).provenance.sources).toEqual(
      [
        {
          name: 'jenkins',
          state: 'failed',
          reason: 'Jenkins answered 503: Please wait',
        },
      ],
    );
  });
});
