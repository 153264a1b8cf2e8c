import fc from 'fast-check';
import {
  advancePlan,
  canaryPlanSchema,
  checkPlan,
  commandPlan,
  initialState,
  NotNowError,
  targetOf,
  type CanaryPlanInput,
  type PlanFacts,
  type PlanState,
} from '.';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

function planOf(overrides: Partial<CanaryPlanInput> = {}) {
  return canaryPlanSchema.parse({
    workload: 'kepler/wealth/Deployment/quote',
    image: 'r/quote:2',
    steps: [
      { kind: 'weight', weight: 5 },
      { kind: 'pause', seconds: 60 },
      { kind: 'weight', weight: 50 },
      { kind: 'approval' },
    ],
    onSuccess: 'promote',
    ...overrides,
  });
}

const READY = {
  exists: true,
  desiredPods: 1,
  readyPods: 1,
  isRolledOut: true,
  isHopeless: false,
};

/** A cluster that does at once what a plan wants. */
function obedient(
  plan: ReturnType<typeof planOf>,
  state: PlanState,
  now: string,
): PlanFacts {
  const target = targetOf(plan, state);
  return {
    now,
    stable: {
      ...READY,
      image: target?.stableImage === 'new' ? plan.image : 'r/quote:1',
    },
    canary: { ...READY, exists: target?.canary !== 'absent' },
    routes: target?.routes ?? 'original',
  };
}

/** Looks every ten seconds until nothing changes or time is up. */
function walk(
  plan: ReturnType<typeof planOf>,
  options: {
    seconds: number;
    facts?: (facts: PlanFacts, state: PlanState, second: number) => PlanFacts;
    from?: PlanState;
    fromSecond?: number;
  },
) {
  let state = options.from ?? initialState(at(0));
  const titles: string[] = [];
  const start = options.fromSecond ?? 0;
  for (let second = start; second <= start + options.seconds; second += 10) {
    const seen = obedient(plan, state, at(second));
    const facts = options.facts?.(seen, state, second) ?? seen;
    const advance = advancePlan(plan, state, facts);
    state = advance.state;
    titles.push(...advance.events.map(({ title }) => title));
  }
  return { state, titles };
}

const command = (
  verb: Parameters<typeof commandPlan>[2]['verb'],
  more: { weight?: number; now?: string } = {},
) => ({
  verb,
  actor: 'user:default/lin',
  reason: 'because',
  now: at(200),
  ...more,
});

describe('advancePlan', () => {
  it('walks steps, waits for an approval, promotes and cleans up', () => {
    const plan = planOf();
    const waiting = walk(plan, { seconds: 300 });
    expect(waiting.state).toMatchObject({ phase: 'stepping', stepIndex: 3 });
    expect(waiting.titles).toEqual([
      'The canary is ready',
      '5 %',
      '1 min',
      '50 %',
    ]);
    const approved = commandPlan(plan, waiting.state, command('approve'));
    const end = walk(plan, {
      seconds: 200,
      from: approved.state,
      fromSecond: 310,
    });
    expect(end.state).toMatchObject({
      phase: 'done',
      hasUpdatedStable: true,
    });
    expect(end.titles).toEqual(['approval', 'Promoted']);
  });

  it('stays where it is while routes are not as it wants them', () => {
    const { state } = walk(planOf(), {
      seconds: 600,
      facts: (facts, now) =>
        now.phase === 'stepping' ? { ...facts, routes: undefined } : facts,
    });
    expect(state).toMatchObject({ phase: 'stepping', stepIndex: 0 });
    expect(state.routedSince).toBeUndefined();
  });

  it('does not go on without a verdict, however long it takes', () => {
    const plan = planOf({
      analysis: { maximumErrorIncreasePoints: 1 },
      deadlineSeconds: 3600,
    });
    const held = walk(plan, { seconds: 3000 });
    expect(held.state).toMatchObject({ phase: 'stepping', stepIndex: 1 });
    const verdict = {
      state: 'hold' as const,
      sentence: 'Prometheus does not answer',
      at: at(0),
    };
    const blind = walk(plan, {
      seconds: 3000,
      facts: facts => ({ ...facts, verdict }),
    });
    expect(blind.state).toMatchObject({ stepIndex: 1, phase: 'stepping' });
    const late = walk(plan, { seconds: 4000 });
    expect(late.state.abort).toEqual({
      by: 'plan',
      reason: 'The plan was not over within 3600 s',
    });
  });

  it('wants a verdict for the last weight, even where no step waits', () => {
    const plan = planOf({
      steps: [{ kind: 'weight', weight: 10 }],
      analysis: {},
    });
    expect(walk(plan, { seconds: 600 }).state.phase).toBe('stepping');
    const go = { state: 'go' as const, sentence: 'All limits hold', at: at(0) };
    expect(
      walk(plan, {
        seconds: 600,
        facts: facts => ({ ...facts, verdict: go }),
      }).state.phase,
    ).toBe('done');
  });

  it.each([
    ['a verdict', { verdict: 'abort' }, 'The canary fails more'],
    [
      'a crash loop',
      { canary: { isHopeless: true, problem: 'crashes' } },
      'Pods of the canary do not run: crashes',
    ],
    [
      'no ready pod',
      { canary: { readyPods: 0 } },
      'No pod of the canary is ready: the reason is not known',
    ],
    [
      'a deleted canary',
      { canary: { exists: false } },
      'The Deployment of the canary was deleted by someone',
    ],
    [
      'a deploy by someone else',
      { stable: { image: 'r/quote:2' } },
      'The stable Deployment was changed by someone: it runs r/quote:2 already',
    ],
  ])('puts traffic back on %s', (_what, change, reason) => {
    const plan = planOf({ analysis: {} });
    const { state, titles } = walk(plan, {
      seconds: 300,
      facts: (facts, now) =>
        now.phase === 'stepping'
          ? ({
              ...facts,
              ...('canary' in change && {
                canary: { ...facts.canary, ...change.canary },
              }),
              ...('stable' in change && {
                stable: { ...facts.stable, ...change.stable },
              }),
              ...('verdict' in change && {
                verdict: {
                  state: 'abort',
                  sentence: 'The canary fails more',
                  at: facts.now,
                },
              }),
            } as PlanFacts)
          : facts,
    });
    expect(state).toMatchObject({
      phase: 'aborted',
      abort: { by: 'plan', reason },
    });
    expect(titles).toContain('All traffic is back at the stable version');
  });

  it('holds instead of aborting where the plan says so', () => {
    const plan = planOf({ analysis: {}, onFailure: 'hold' });
    const verdict = { state: 'abort' as const, sentence: 'Worse', at: at(0) };
    const { state } = walk(plan, {
      seconds: 600,
      facts: facts => ({ ...facts, verdict }),
    });
    expect(state).toMatchObject({ phase: 'stepping', stepIndex: 1 });
  });

  it('gives up when the stable Deployment is gone: nothing is there to go back to', () => {
    const { state } = walk(planOf(), {
      seconds: 60,
      facts: (facts, now) =>
        now.phase === 'stepping'
          ? { ...facts, stable: { ...facts.stable, exists: false } }
          : facts,
    });
    expect(state.phase).toBe('failed');
    expect(targetOf(planOf(), state)).toBeUndefined();
  });

  it('takes the new image back out of the stable Deployment after an abort in mid-promotion', () => {
    const plan = planOf();
    const state: PlanState = {
      ...initialState(at(0)),
      phase: 'promoting',
      stage: 'update-stable',
      hasUpdatedStable: true,
    };
    const aborting = commandPlan(plan, state, command('abort')).state;
    expect(targetOf(plan, aborting)).toEqual({
      canary: 'as-is',
      routes: { weight: 0, headers: {}, mirrorPercent: 0 },
      stableImage: 'old',
    });
  });
});

describe('commandPlan', () => {
  const plan = planOf();
  const stepping = walk(plan, { seconds: 30 }).state;

  it('holds, shifts by hand and resumes', () => {
    const shifted = commandPlan(
      plan,
      stepping,
      command('set-weight', { weight: 33 }),
    ).state;
    expect(targetOf(plan, shifted)?.routes).toMatchObject({ weight: 33 });
    expect(
      walk(plan, { seconds: 600, from: shifted, fromSecond: 40 }).state,
    ).toMatchObject({ stepIndex: stepping.stepIndex, manualWeight: 33 });
    const resumed = commandPlan(plan, shifted, command('resume')).state;
    expect(targetOf(plan, resumed)?.routes).toMatchObject({ weight: 5 });
  });

  it.each([-1, 101, 2.5, undefined])('refuses a weight of %s', weight => {
    expect(() =>
      commandPlan(plan, stepping, command('set-weight', { weight })),
    ).toThrow(/^weight: expected a whole number from 0 to 100/);
  });

  it.each(['approve', 'reject', 'resume', 'retry'] as const)(
    'refuses to %s what does not wait for it',
    verb => {
      expect(() => commandPlan(plan, stepping, command(verb))).toThrow(
        expect.objectContaining({ name: 'ConflictError' }),
      );
    },
  );

  /** A press that makes no sense at the moment changes nothing. */
  function pressed(
    state: PlanState,
    verb: Parameters<typeof commandPlan>[2]['verb'],
    weight: number,
    second: number,
  ): PlanState {
    try {
      return commandPlan(plan, state, {
        ...command(verb, { weight }),
        now: at(second),
      }).state;
    } catch (error) {
      if (error instanceof NotNowError) {
        return state;
      }
      throw error;
    }
  }

  /** Where a plan ends that is aborted now. */
  function abortedAt(state: PlanState, second: number): string {
    const aborting = commandPlan(plan, state, {
      ...command('abort'),
      now: at(second),
    }).state;
    return walk(plan, { seconds: 60, from: aborting, fromSecond: second }).state
      .phase;
  }

  it('never leaves a state in which traffic is stuck: abort always leads to aborted', () => {
    const verbs = [
      'pause',
      'resume',
      'promote',
      'set-weight',
      'promote-full',
      'approve',
    ] as const;
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            verb: fc.constantFrom(...verbs),
            weight: fc.integer({ min: 0, max: 100 }),
            seconds: fc.integer({ min: 10, max: 200 }),
          }),
          { maxLength: 12 },
        ),
        presses => {
          let second = 0;
          let state = initialState(at(0));
          for (const { verb, weight, seconds } of presses) {
            state = walk(plan, {
              seconds,
              from: state,
              fromSecond: second,
            }).state;
            second += seconds + 10;
            state = pressed(state, verb, weight, second);
          }
          const end =
            state.phase === 'done' ? 'done' : abortedAt(state, second);
          expect(end).toBe(state.phase === 'done' ? 'done' : 'aborted');
        },
      ),
    );
  });
});

describe('checkPlan', () => {
  it.each([
    [{ steps: [{ kind: 'approval' }] }, /^steps: expected at least one step/],
    [
      {
        steps: [
          { kind: 'weight', weight: 50 },
          { kind: 'weight', weight: 5 },
        ],
      },
      /^steps\[1\]\.weight: expected at least 50/,
    ],
    [
      {
        steps: [
          { kind: 'weight', weight: 5 },
          { kind: 'pause', seconds: 86400 },
        ],
      },
      /^deadlineSeconds: expected at least 87000/,
    ],
    [
      { steps: [{ kind: 'weight', weight: 5 }, { kind: 'analysis' }] },
      /^steps\[1\]: expected a pause or an approval/,
    ],
  ] as [Partial<CanaryPlanInput>, RegExp][])(
    'refuses %j',
    (overrides, message) => {
      expect(() => checkPlan(planOf(overrides))).toThrow(message);
    },
  );

  it.each([
    { steps: [] },
    { steps: [{ kind: 'weight', weight: 101 }] },
    { steps: [{ kind: 'weight', weight: -1 }] },
    { steps: [{ kind: 'header', headers: { 'x-a': {} } }] },
    { deadlineSeconds: 10 ** 9 },
  ])('does not read %j', overrides => {
    expect(() => planOf(overrides as Partial<CanaryPlanInput>)).toThrow();
  });
});
