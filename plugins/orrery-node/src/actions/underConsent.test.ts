import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  ActionRunRequest,
  Activity,
  Approval,
} from '@orrery/backstage-plugin-orrery-common';
import { room } from '../__testUtils__/room';

const KEPLER = 'user:default/kepler';
const HALLEY = 'user:default/halley';
const caller = { credentials: mockCredentials.user(KEPLER) };
const TARGET = 'sky/wealth/Deployment/coupon';
const SERVICE = 'sky/wealth/service/coupon';

type Change = Omit<Partial<Activity>, 'approval'> & {
  approval?: Partial<Approval>;
};

const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString();

function consent({ approval, ...fields }: Change = {}): Activity {
  return {
    id: 'consent-1',
    startedAt: hoursAgo(2),
    actor: KEPLER,
    action: 'consent',
    target: SERVICE,
    reason: 'Coupons are wanted',
    summary: 'New service coupon in wealth',
    before: '',
    after: '',
    state: 'succeeded',
    message: 'It may go on',
    undo: '',
    approval: {
      plugin: 'orrery',
      requestedBy: KEPLER,
      neededUntil: hoursAgo(-22),
      decision: 'approved',
      decidedBy: HALLEY,
      decidedAt: hoursAgo(1),
      ...approval,
    },
    ...fields,
  };
}

const request: ActionRunRequest = {
  input: { room: TARGET },
  reason: 'From a template',
  resourceVersion: '1',
  idempotencyKey: 'first-press',
  underConsent: 'consent-1',
};

describe('a run under a consent', () => {
  it.each([
    ['the service of the target', {}],
    ['the target itself', { target: TARGET }],
    ['its namespace', { target: 'sky/wealth' }],
  ])('needs no other second person: %s', async (_what, change) => {
    const { runner, lamp, run, asked } = room({
      isProtected: true,
      requests: [consent(change)],
    });
    const row = await runner.run('switch-lamp', request, caller);
    expect([lamp.switched, asked.mock.calls]).toEqual([1, []]);
    expect(row).toMatchObject({
      state: 'running',
      reason: `From a template (approved by ${HALLEY} in consent-1)`,
    });
    expect(run).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({ approver: HALLEY }),
    );
  });

  it.each<[string, Change]>([
    ['that another person asked for', { actor: 'user:default/tycho' }],
    [
      'that was requested in another name',
      { approval: { requestedBy: 'user:default/tycho' } },
    ],
    ['that its own requester gave', { approval: { decidedBy: KEPLER } }],
    ['of another cluster', { target: 'sea/wealth/service/coupon' }],
    ['of another namespace', { target: 'sky/loan/service/coupon' }],
    ['of another namespace as a whole', { target: 'sky/loan' }],
    ['of another app', { target: 'sky/wealth/service/order' }],
    ['of an app whose name begins it', { target: 'sky/wealth/service/coup' }],
    ['of one object of the app', { target: 'sky/wealth/ConfigMap/coupon' }],
    ['that is no ref', { target: 'sky' }],
    ['that has expired', { approval: { decidedAt: hoursAgo(25) } }],
    ['that nobody knows the age of', { approval: { decidedAt: undefined } }],
    [
      'that was rejected',
      { state: 'rejected', approval: { decision: 'rejected' } },
    ],
    [
      'that waits still',
      {
        state: 'waiting',
        approval: {
          decision: undefined,
          decidedBy: undefined,
          decidedAt: undefined,
        },
      },
    ],
    ['that has not ended', { state: 'running' }],
    ['that failed', { state: 'failed' }],
    ['that is an approval of another action', { action: 'restart-workload' }],
    ['of another plugin', { approval: { plugin: 'delivery' } }],
    ['that needed nobody', { approval: { decision: undefined } }],
    ['that is not there', { id: 'consent-2' }],
  ])('waits where it is one %s', async (_what, change) => {
    const { runner, run, asked } = room({
      isProtected: true,
      requests: [consent(change)],
    });
    const row = await runner.run('switch-lamp', request, caller);
    expect(row.state).toBe('waiting');
    expect(run).not.toHaveBeenCalled();
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('does not reach a namespace from a service in it', async () => {
    const { runner, run } = room({
      isProtected: true,
      requests: [consent()],
    });
    const input = { room: 'sky/wealth' };
    const row = await runner.run('switch-lamp', { ...request, input }, caller);
    expect(row.state).toBe('waiting');
    expect(run).not.toHaveBeenCalled();
  });

  it('is still refused without permission', async () => {
    const { runner, run } = room({ denied: true, requests: [consent()] });
    await expect(
      runner.run('switch-lamp', request, caller),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(run).not.toHaveBeenCalled();
  });
});
