import {
  canaryAnswerSchema,
  canaryListSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { actionPreviewSchema } from '@orrery/backstage-plugin-orrery-common';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import request from 'supertest';
import {
  flaggerCanary,
  flaggerDeployment,
  pausedRollout,
  rolloutSet,
} from './__testUtils__/sampleCanaries';
import { HOOK_TOKEN, startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const ROLLOUT = 'kepler/wealth/Rollout/quote';
const CANARY = 'kepler/wealth/Canary/fund';

describe('canaries', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;

  afterEach(() => delivery.stop());

  const get = (path: string) =>
    request(delivery.server).get(`/api/delivery${path}`);
  const post = (path: string, body: object) =>
    request(delivery.server).post(`/api/delivery${path}`).send(body);
  const canary = async (ref: string) => {
    const { body } = await get(`/canaries/${encodeURIComponent(ref)}`);
    return canaryAnswerSchema.parse(body).canary;
  };

  async function run(action: string, ref: string, overrides: object = {}) {
    const input = { canary: ref };
    const preview = await post(`/actions/${action}/preview`, { input });
    return post(`/actions/${action}/run`, {
      input,
      reason: 'because',
      resourceVersion: preview.body.resourceVersion ?? 'unknown',
      idempotencyKey: `key-${Math.random()}`,
      ...overrides,
    });
  }

  const patches = () =>
    delivery.cluster.writes.map(({ plural, options, body }) => [
      plural,
      options.subresource,
      body,
    ]);

  async function withRollout(
    status: object = {},
    options: Parameters<typeof startDelivery>[0] = {},
  ) {
    delivery = await startDelivery(options);
    const { cluster } = delivery;
    cluster.put(RESOURCE_TYPES.rollouts, pausedRollout(status));
    cluster.put(
      RESOURCE_TYPES.replicaSets,
      rolloutSet('new', '2.0.0', 'canary'),
    );
    cluster.put(
      RESOURCE_TYPES.replicaSets,
      rolloutSet('old', '1.0.0', 'stable'),
    );
  }

  async function withFlagger(phase: string, spec: object = {}) {
    delivery = await startDelivery();
    const { cluster } = delivery;
    cluster.put(RESOURCE_TYPES.canaries, flaggerCanary(phase, spec));
    cluster.put(RESOURCE_TYPES.deployments, flaggerDeployment('fund', '3.1.0'));
    cluster.put(
      RESOURCE_TYPES.deployments,
      flaggerDeployment('fund-primary', '3.0.0'),
    );
  }

  const hook = (type: string, token = HOOK_TOKEN, body: object = {}) =>
    post(`/hooks/flagger/${type}?token=${token}`, {
      name: 'fund',
      namespace: 'wealth',
      phase: 'WaitingPromotion',
      checksum: 'one',
      ...body,
    });

  it('lists those of all engines, with owners, and says what is not installed', async () => {
    await withRollout({}, { absent: 'canaries' });
    const { body } = await get('/canaries');
    const { canaries, engines, sources } = canaryListSchema.parse(body);
    expect(canaries).toMatchObject([
      {
        ref: ROLLOUT,
        phase: 'Paused',
        waitsFor: { for: 'approval' },
        stableVersion: '1.0.0',
        canaryVersion: '2.0.0',
        owners: ['group:default/trading'],
        weights: {
          desired: 10,
          observedReason: 'No Prometheus is configured for cluster kepler',
        },
      },
    ]);
    expect(engines.map(({ id, source }) => [id, source.state])).toEqual([
      ['istio', 'ok'],
      ['argo-rollouts', 'ok'],
      ['flagger', 'absent'],
    ]);
    expect(sources.every(({ state }) => state === 'ok')).toBe(true);
  });

  it('promotes a Rollout by the patch of its own command line', async () => {
    await withRollout();
    const input = { canary: ROLLOUT };
    const { body } = await post('/actions/canary-promote/preview', { input });
    expect(actionPreviewSchema.parse(body)).toMatchObject({
      summary: 'Send 50 % to 2.0.0 (quote in wealth, Argo Rollouts)',
      before: expect.stringContaining('CanaryPauseStep'),
      after: expect.not.stringContaining('CanaryPauseStep'),
    });
    expect(patches()).toEqual([]);
    expect((await run('canary-promote', ROLLOUT)).status).toBe(202);
    expect(patches()).toEqual([
      ['rollouts', 'status', { status: { pauseConditions: null } }],
    ]);
  });

  it('cuts the step short that a Rollout is in', async () => {
    await withRollout({ phase: 'Progressing', pauseConditions: [] });
    const { offers } = await canary(ROLLOUT);
    expect(offers.map(({ verb }) => verb)).toContain('skip-step');
    expect((await run('canary-promote', ROLLOUT)).status).toBe(409);
    expect((await run('canary-skip-step', ROLLOUT)).status).toBe(202);
    expect(patches()).toEqual([
      [
        'rollouts',
        'status',
        { status: { pauseConditions: null, currentStepIndex: 2 } },
      ],
    ]);
  });

  it('gives a Rollout its template back without what its controller put there', async () => {
    await withRollout();
    await run('canary-undo', ROLLOUT);
    const [[, , body]] = patches();
    const { template } = Reflect.get(Object(body), 'spec');
    expect(template.metadata.labels).toEqual({ app: 'quote' });
    expect(template.spec.containers[0].image).toBe('r.example/quote:1.0.0');
  });

  it('lets the first of two who press at once through, and tells the other', async () => {
    await withRollout();
    const { resourceVersion } = (
      await post('/actions/canary-promote/preview', {
        input: { canary: ROLLOUT },
      })
    ).body;
    const first = await run('canary-promote', ROLLOUT, { resourceVersion });
    expect(first.status).toBe(202);
    delivery.cluster.put(
      RESOURCE_TYPES.rollouts,
      pausedRollout({
        currentStepIndex: 2,
        phase: 'Progressing',
        pauseConditions: [],
      }),
    );
    await canaryUntil(ROLLOUT, 'Progressing');
    const second = await run('canary-promote', ROLLOUT, { resourceVersion });
    expect(second.status).toBe(409);
  });

  async function canaryUntil(ref: string, phase: string) {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const seen = await canary(ref);
      if (seen.phase === phase) {
        return seen;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
    throw new Error(`${ref} did not become ${phase}`);
  }

  it.each([
    ['/canaries/quote', 400, /^canary: expected cluster\/namespace/],
    [
      '/canaries/kepler%2Fwealth%2FPod%2Fquote',
      400,
      /^canary: expected a ref of a CanaryPlan, Rollout, Canary/,
    ],
    ['/canaries/kepler%2Fwealth%2FRollout%2Fnone', 404, /^No canary/],
    [`/canaries/${encodeURIComponent(ROLLOUT)}/logs?side=left`, 400, /^side: /],
    [
      `/canaries/${encodeURIComponent(ROLLOUT)}/logs?tailLines=0`,
      400,
      /^tailLines: /,
    ],
    [
      `/canaries/${encodeURIComponent(ROLLOUT)}/comparison?duration=x`,
      400,
      /^duration: /,
    ],
    [
      `/canaries/${encodeURIComponent(
        ROLLOUT,
      )}/history?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z`,
      400,
      /^from: expected an instant before to/,
    ],
  ])('refuses %s', async (path, status, message) => {
    await withRollout();
    const response = await get(path);
    expect(response.body.error?.message).toMatch(message);
    expect(response.status).toBe(status);
  });

  it.each([
    ['canary-set-weight', { canary: ROLLOUT, weight: 101 }, 400, /^weight: /],
    [
      'canary-set-weight',
      { canary: ROLLOUT, weight: 20 },
      409,
      /cannot set-weight now/,
    ],
    [
      'canary-retry',
      { canary: ROLLOUT },
      409,
      /cannot retry now: it is Paused/,
    ],
    ['canary-abort', { canary: 'x' }, 400, /^canary: /],
    [
      'start-canary',
      {
        workload: ROLLOUT,
        image: 'r/x:1',
        steps: [{ kind: 'weight', weight: 5 }],
      },
      400,
      /^workload: expected a ref of a Deployment/,
    ],
    [
      'start-canary',
      {
        workload: 'kepler/wealth/Deployment/x',
        image: 'r/x:1',
        steps: [{ kind: 'approval' }],
      },
      400,
      /^steps: expected at least one step/,
    ],
  ])('refuses to preview %s of %j', async (action, input, status, message) => {
    await withRollout();
    const response = await post(`/actions/${action}/preview`, { input });
    expect(response.body.error?.message).toMatch(message);
    expect(response.status).toBe(status);
  });

  it('is closed to those who may not see it, and to writes while read-only', async () => {
    delivery = await startDelivery({ denied: true });
    expect((await get('/canaries')).status).toBe(403);
    await delivery.stop();
    delivery = await startDelivery({ readOnly: true });
    delivery.cluster.put(RESOURCE_TYPES.rollouts, pausedRollout());
    const refused = await run('canary-abort', ROLLOUT);
    expect(refused.status).toBe(403);
    expect(patches()).toEqual([]);
  });

  describe('at Flagger’s gates', () => {
    it('hold a promotion until someone opens them, for that rollout only', async () => {
      await withFlagger('WaitingPromotion');
      const closed = await hook('confirm-promotion');
      expect([closed.status, closed.body.open]).toEqual([403, false]);
      expect(await canary(CANARY)).toMatchObject({
        phase: 'Paused',
        waitsFor: { for: 'approval' },
      });
      expect((await run('canary-approve', CANARY)).status).toBe(202);
      expect((await hook('confirm-promotion')).status).toBe(200);
      const next = await hook('confirm-promotion', HOOK_TOKEN, {
        checksum: 'two',
      });
      expect(next.status).toBe(403);
    });

    it('are opened once, though two press', async () => {
      await withFlagger('WaitingPromotion');
      await hook('confirm-promotion');
      const outcomes = await Promise.all([
        run('canary-approve', CANARY),
        run('canary-approve', CANARY),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual([202, 409]);
    });

    it('put the primary’s images back when the promotion is rejected', async () => {
      await withFlagger('WaitingPromotion');
      await hook('confirm-promotion');
      expect((await run('canary-reject', CANARY)).status).toBe(202);
      expect(patches()).toEqual([
        [
          'deployments',
          undefined,
          {
            spec: {
              template: {
                spec: {
                  containers: [{ name: 'fund', image: 'r.example/fund:3.0.0' }],
                },
              },
            },
          },
        ],
      ]);
    });

    it('remember what Flagger tells, and refuse strangers', async () => {
      await withFlagger('Progressing');
      const told = await hook('event', HOOK_TOKEN, {
        phase: 'Progressing',
        metadata: { eventMessage: 'Halt advancement', eventType: 'Warning' },
      });
      expect(told.status).toBe(200);
      expect((await canary(CANARY)).events).toMatchObject([
        {
          kind: 'problem',
          title: 'Flagger: Progressing',
          detail: 'Halt advancement',
        },
      ]);
      expect((await hook('event', 'wrong')).status).toBe(401);
      expect((await hook('nonsense')).status).toBe(404);
      expect(
        (await hook('event', HOOK_TOKEN, { name: undefined })).status,
      ).toBe(400);
    });

    it('suspend, resume and skip the analysis, for this rollout only', async () => {
      await withFlagger('Progressing');
      await run('canary-pause', CANARY);
      await run('canary-promote-full', CANARY);
      expect(patches()).toEqual([
        ['canaries', undefined, { spec: { suspend: true } }],
        [
          'canaries',
          undefined,
          {
            metadata: {
              annotations: { 'orrery.dev/reset-skip-analysis': 'true' },
            },
            spec: { skipAnalysis: true },
          },
        ],
      ]);
    });
  });
});
