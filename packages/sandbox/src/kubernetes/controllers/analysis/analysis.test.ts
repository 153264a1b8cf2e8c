import type { MetricAnswer } from '../context';
import { asObject, asObjects, type JsonObject } from '../../values';
import { createTestCluster } from '../../testing/cluster';
import { patched, podTemplate, sampleRollout } from '../../testing/rollout';

const rollouts = 'rollouts.argoproj.io';
const runs = 'analysisruns.argoproj.io';

type Answer = (query: string) => MetricAnswer;

async function start(canary: JsonObject, metric: JsonObject, answer: Answer) {
  const asked: string[] = [];
  const cluster = createTestCluster({
    queryMetrics: async query => {
      asked.push(query);
      return answer(query);
    },
  });
  const { store } = cluster;
  store.put('analysistemplates.argoproj.io', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'success', namespace: 'default' },
    spec: {
      args: [{ name: 'service' }, { name: 'hash', value: 'none' }],
      metrics: [
        {
          name: 'success-rate',
          provider: {
            prometheus: {
              address: 'http://prometheus:9090',
              query:
                'rate(requests{service="{{args.service}}",hash="{{ args.hash }}"}[1m])',
            },
          },
          ...metric,
        },
      ],
    },
  });
  store.put(rollouts, sampleRollout({ canary }));
  const run = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      cluster.run(1);
      // Answers come between ticks, as those of a real server do.
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  await run(6);
  const read = () => store.get(rollouts, 'default', 'shop');
  const found = read();
  if (!found) throw new Error('the Rollout is gone');
  store.put(
    rollouts,
    patched(found, 'spec', {
      template: podTemplate('shop', 'example.org/app:2'),
    }),
  );
  await run(8);
  return {
    ...cluster,
    run,
    asked,
    status: () => asObject(read()?.status),
    patchStatus: (fields: JsonObject) => {
      const current = read();
      if (current) store.put(rollouts, patched(current, 'status', fields));
    },
    runStatus: () => asObject(store.list(runs)[0]?.status),
  };
}

const analysis = {
  templates: [{ templateName: 'success' }],
  args: [
    { name: 'service', value: 'shop' },
    { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } },
  ],
};
const steps = [{ setWeight: 25 }, { analysis }, { pause: {} }];
const vector = (...values: number[]): MetricAnswer => ({
  type: 'vector',
  values,
});
const every10 = {
  interval: '10s',
  count: 3,
  successCondition: 'result[0] >= 0.95',
};

describe('analysis of Rollouts', () => {
  it('measures at its interval and lets a good canary go on', async () => {
    const { asked, run, status, runStatus, store } = await start(
      { steps },
      every10,
      () => vector(0.99),
    );
    expect(status()).toMatchObject({
      currentStepIndex: 1,
      phase: 'Progressing',
      canary: { currentStepAnalysisRunStatus: { status: 'Running' } },
    });
    expect(asked).toEqual([
      `rate(requests{service="shop",hash="${status().currentPodHash}"}[1m])`,
    ]);
    expect(runStatus()).toMatchObject({
      phase: 'Running',
      metricResults: [
        {
          name: 'success-rate',
          phase: 'Running',
          count: 1,
          successful: 1,
          measurements: [{ phase: 'Successful', value: '[0.99]' }],
        },
      ],
    });
    await run(25);
    expect(asked).toHaveLength(3);
    expect(runStatus()).toMatchObject({
      phase: 'Successful',
      runSummary: { count: 1, successful: 1 },
      completedAt: expect.any(String),
    });
    expect(status().currentStepIndex).toBe(2);
    expect(
      asObject(status().canary).currentStepAnalysisRunStatus,
    ).toBeUndefined();
    expect(store.list(runs)).toHaveLength(1);
  });

  it('aborts when measurements fail more often than they may', async () => {
    const { run, status, runStatus } = await start(
      { steps },
      { ...every10, failureLimit: 1 },
      () => vector(0.5),
    );
    await run(15);
    expect(runStatus()).toMatchObject({
      phase: 'Failed',
      message:
        'Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)',
    });
    expect(status()).toMatchObject({ phase: 'Degraded', abort: true });
    expect(status().message).toBe(
      'RolloutAborted: Rollout aborted update to revision 2: Step-based analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)',
    );
  });

  it.each<[string, JsonObject, Answer, string]>([
    ['no data that a condition needs', every10, () => vector(), 'Error'],
    [
      'neither success nor failure',
      { ...every10, failureCondition: 'result[0] < 0.5' },
      () => vector(0.7),
      'Inconclusive',
    ],
    ['no condition', { count: 1 }, () => vector(0), 'Successful'],
    [
      'a scalar',
      { count: 1, successCondition: 'result == 3' },
      () => ({ type: 'scalar', values: [3] }),
      'Successful',
    ],
  ])('judges %s', async (_, metric, answer, expected) => {
    const { run, runStatus } = await start({ steps }, metric, answer);
    await run(60);
    expect(runStatus().phase).toBe(expected);
  });

  it('pauses without a conclusion and measures again when told to go on', async () => {
    let value = 0.7;
    const { run, status, patchStatus, store } = await start(
      { steps },
      { ...every10, failureCondition: 'result[0] < 0.5' },
      () => vector(value),
    );
    await run(3);
    expect(status()).toMatchObject({
      phase: 'Paused',
      message: 'InconclusiveAnalysisRun',
    });
    value = 0.99;
    patchStatus({ pauseConditions: null });
    await run(30);
    expect(store.list(runs)).toHaveLength(2);
    expect(status().currentStepIndex).toBe(2);
  });

  it('goes on in the background until the end, and ends then', async () => {
    const { run, status, runStatus, patchStatus } = await start(
      { steps: [{ setWeight: 25 }, { pause: {} }], analysis },
      { interval: '10s', successCondition: 'result[0] >= 0.95' },
      () => vector(1),
    );
    expect(status().canary).toMatchObject({
      currentBackgroundAnalysisRunStatus: { status: 'Running' },
    });
    patchStatus({ pauseConditions: null });
    await run(10);
    expect(status().phase).toBe('Healthy');
    expect(runStatus()).toMatchObject({ phase: 'Successful' });
  });

  it('runs an experiment beside the canary', async () => {
    const { run, status, store } = await start(
      {
        steps: [
          {
            experiment: {
              duration: '20s',
              templates: [{ name: 'base', specRef: 'stable', replicas: 1 }],
            },
          },
          { pause: {} },
        ],
      },
      every10,
      () => vector(1),
    );
    const name = String(asObject(status().canary).currentExperiment);
    expect(name).toMatch(/^shop-.*-2-0$/);
    await run(30);
    expect(status().currentStepIndex).toBe(1);
    const experiment = store.get('experiments.argoproj.io', 'default', name);
    expect(experiment?.status).toMatchObject({ phase: 'Successful' });
    const set = store.get('replicasets.apps', 'default', `${name}-base`);
    expect(set?.spec?.replicas).toBe(0);
  });

  it('says which template is missing', async () => {
    const { status } = await start(
      { steps: [{ analysis: { templates: [{ templateName: 'other' }] } }] },
      every10,
      () => vector(1),
    );
    expect(status()).toMatchObject({
      phase: 'Degraded',
      message: "InvalidSpec: AnalysisTemplate 'other' not found",
    });
    expect(asObjects(status().conditions)[0].type).toBe('InvalidSpec');
  });
});
