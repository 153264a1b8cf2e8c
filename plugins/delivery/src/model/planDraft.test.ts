import { newDraft, newStep, planOfDraft, problemOfPlan } from './planDraft';

const WORKLOAD = 'kepler/wealth/Deployment/payment';
const IMAGE = 'registry.example/payment:1.9.0';

describe('the draft of a plan', () => {
  it('begins with the steps that a service says of itself', () => {
    const steps = [
      { kind: 'header' as const, headers: { 'x-tester': { prefix: 'qa' } } },
      { kind: 'mirror' as const, percent: 30 },
      { kind: 'weight' as const, weight: 5 },
      { kind: 'pause' as const, seconds: 90 },
      { kind: 'analysis' as const },
      { kind: 'approval' as const },
    ];
    expect(planOfDraft(WORKLOAD, newDraft(IMAGE, steps)).steps).toEqual(steps);
  });

  it('says every kind of step, and leaves out what was left empty', () => {
    const draft = {
      ...newDraft(` ${IMAGE} `),
      steps: [
        newStep('header', { header: 'x-tester', match: 'prefix', value: 'qa' }),
        newStep('mirror', { percent: 30 }),
        newStep('weight', { percent: 5 }),
        newStep('pause', { minutes: 0.5 }),
        newStep('analysis'),
        newStep('approval'),
      ],
      maximumP95IncreasePercent: undefined,
      deadlineHours: 2,
      metrics: [{ key: 'a', name: 'queue', query: 'sum(queue)', maximum: 10 }],
    };
    const plan = planOfDraft(WORKLOAD, draft);
    expect(plan).toEqual({
      workload: WORKLOAD,
      image: IMAGE,
      replicas: 1,
      steps: [
        { kind: 'header', headers: { 'x-tester': { prefix: 'qa' } } },
        { kind: 'mirror', percent: 30 },
        { kind: 'weight', weight: 5 },
        { kind: 'pause', seconds: 30 },
        { kind: 'analysis' },
        { kind: 'approval' },
      ],
      analysis: {
        intervalSeconds: 30,
        maximumErrorIncreasePoints: 0.5,
        metrics: [{ name: 'queue', query: 'sum(queue)', maximum: 10 }],
      },
      onFailure: 'abort',
      onSuccess: 'wait',
      deadlineSeconds: 7200,
    });
    expect(problemOfPlan(plan)).toBeUndefined();
  });

  it('has no analysis where it is off', () => {
    const plan = planOfDraft(WORKLOAD, {
      ...newDraft(IMAGE),
      isAnalysed: false,
    });
    expect(plan).not.toHaveProperty('analysis');
  });

  it('names the step that is wrong', () => {
    const problem = (...steps: Parameters<typeof newStep>[]) =>
      problemOfPlan(
        planOfDraft(WORKLOAD, {
          ...newDraft(IMAGE),
          steps: steps.map(step => newStep(...step)),
        }),
      )?.field;
    expect(
      problem(['weight', { percent: 50 }], ['weight', { percent: 5 }]),
    ).toBe('steps.1.weight');
    expect(problem(['weight', { percent: undefined }])).toBe('steps.0.weight');
    expect(problem(['approval'])).toBe('steps');
  });
});
