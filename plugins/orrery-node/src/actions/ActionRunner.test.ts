import { mockCredentials } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import type { ActionRunRequest } from '@orrery/backstage-plugin-orrery-common';
import { room } from '../__testUtils__/room';

const caller = { credentials: mockCredentials.user('user:default/kepler') };
const request: ActionRunRequest = {
  input: { room: 'study' },
  reason: 'It is dark',
  resourceVersion: '1',
  idempotencyKey: 'first-press',
};

const settle = () =>
  new Promise(resolve => {
    setImmediate(resolve);
  });

describe('ActionRunner', () => {
  it('previews without doing anything', async () => {
    const { runner, run, audited, rows } = room();
    await expect(
      runner.preview('switch-lamp', { room: 'study' }, caller),
    ).resolves.toMatchObject({
      action: 'switch-lamp',
      target: 'study',
      before: 'off',
      after: 'on',
      resourceVersion: '1',
    });
    expect(run).not.toHaveBeenCalled();
    expect([audited, rows.size]).toEqual([[], 0]);
  });

  it('runs, audits, writes the log and follows to the end', async () => {
    const { runner, lamp, rows, audited, report, verified } = room();
    const row = await runner.run('switch-lamp', request, caller);
    expect(row).toMatchObject({
      id: 'row-1',
      actor: 'user:default/kepler',
      reason: 'It is dark',
      summary: 'Switch the lamp in study',
      before: 'off',
      after: 'on',
      undo: 'Switch it again',
      state: 'running',
      message: 'Switched',
    });
    expect(lamp.switched).toBe(1);
    expect(audited).toEqual(['switch-lamp begins', 'switch-lamp succeeds']);
    report('Warming up');
    await settle();
    expect(rows.get('row-1')).toMatchObject({
      state: 'running',
      message: 'Warming up',
    });
    verified({ state: 'succeeded', message: 'It shines' });
    await settle();
    expect(rows.get('row-1')).toMatchObject({
      state: 'succeeded',
      message: 'It shines',
    });
  });

  it.each([
    [
      'what is not permitted',
      { denied: true },
      {},
      'NotAllowedError',
      /orrery.lamp.switch is not granted/,
    ],
    [
      'everything when read-only',
      { readOnly: true },
      {},
      'NotAllowedError',
      /orrery.readOnly is true/,
    ],
    [
      'a target that has changed',
      {},
      { resourceVersion: '0' },
      'ConflictError',
      /resourceVersion 0, now 1\): preview it again/,
    ],
    [
      'a slip',
      { typedConfirmation: 'study' },
      { typedConfirmation: 'stduy' },
      'InputError',
      /typedConfirmation: expected "study"/,
    ],
    [
      'an unconfirmed one',
      { typedConfirmation: 'study' },
      {},
      'InputError',
      /typedConfirmation: expected "study"/,
    ],
    [
      'bad input by the name of its field',
      {},
      { input: { room: 7 } },
      'InputError',
      /room: expected string, got 7/,
    ],
  ])('refuses %s', async (_what, options, overrides, name, message) => {
    const { runner, run, rows } = room(options);
    await expect(
      runner.run('switch-lamp', { ...request, ...overrides }, caller),
    ).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(run).not.toHaveBeenCalled();
    expect(rows.size).toBe(0);
  });

  it('refuses unknown actions, denied previews and callers without a name', async () => {
    await expect(room().runner.preview('dance', {}, caller)).rejects.toThrow(
      'No action "dance"; there is switch-lamp',
    );
    await expect(
      room({ denied: true }).runner.preview(
        'switch-lamp',
        { room: 'study' },
        caller,
      ),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      room().runner.run('switch-lamp', request, {
        credentials: mockCredentials.none(),
      }),
    ).rejects.toMatchObject({ name: 'AuthenticationError' });
  });

  it('lets a confirmed one through', async () => {
    const { runner, lamp } = room({ typedConfirmation: 'study' });
    await runner.run(
      'switch-lamp',
      { ...request, typedConfirmation: 'study' },
      caller,
    );
    expect(lamp.switched).toBe(1);
  });

  it('does the same request once, at the same time and afterwards', async () => {
    const { runner, lamp, run } = room();
    const both = await Promise.all([
      runner.run('switch-lamp', request, caller),
      runner.run('switch-lamp', request, caller),
    ]);
    expect(both.map(({ id }) => id)).toEqual(['row-1', 'row-1']);
    // The lamp is at another version now: by our own hand.
    const again = await runner.run('switch-lamp', request, caller);
    expect(again.id).toBe('row-1');
    expect([lamp.switched, run.mock.calls.length]).toEqual([1, 1]);

    const other = { credentials: mockCredentials.user('user:default/tycho') };
    await expect(
      runner.run('switch-lamp', request, other),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('records a failure in the row and in the audit log', async () => {
    const { runner, run, rows, audited } = room();
    run.mockRejectedValueOnce(new ConflictError('Someone was faster'));
    await expect(
      runner.run('switch-lamp', request, caller),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(rows.get('row-1')).toMatchObject({
      state: 'failed',
      message: 'Someone was faster',
    });
    expect(audited).toEqual([
      'switch-lamp begins',
      'switch-lamp fails: Someone was faster',
    ]);
  });

  it('says that a change was made when it cannot be verified', async () => {
    const { runner, rows, verified } = room();
    await runner.run('switch-lamp', request, caller);
    verified(new Error('The door is locked'));
    await settle();
    expect(rows.get('row-1')).toMatchObject({
      state: 'failed',
      message:
        'The change was made, but it could not be verified: The door is locked',
    });
  });

  it.each(['away', 'broken'] as const)(
    'does its work while the log is %s',
    async log => {
      const { runner, lamp, audited, report, verified } = room({ log });
      const row = await runner.run('switch-lamp', request, caller);
      expect(row).toMatchObject({ state: 'running', message: 'Switched' });
      report('Warming up');
      verified({ state: 'succeeded', message: 'It shines' });
      await settle();
      expect(lamp.switched).toBe(1);
      expect(audited).toEqual(['switch-lamp begins', 'switch-lamp succeeds']);
    },
  );
});
