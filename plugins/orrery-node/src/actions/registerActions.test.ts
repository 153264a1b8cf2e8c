import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { room } from '../__testUtils__/room';
import { registerActions } from './registerActions';

const credentials = mockCredentials.user('user:default/kepler');
const RUN = {
  input: { room: 'study' },
  reason: 'It is dark',
  resourceVersion: '1',
  idempotencyKey: 'first-press',
};

/** What an agent has in its hands. */
function agent(options: Parameters<typeof room>[0] = {}) {
  const house = room(options);
  const registry = actionsRegistryServiceMock({
    logger: mockServices.logger.mock(),
  });
  registerActions(registry, house.runner);
  const invoke = (name: string, input: typeof RUN | object) =>
    registry.invoke({
      id: [...registry.actions.keys()].find(
        id => id === name || id.endsWith(`:${name}`),
      )!,
      input: JSON.parse(JSON.stringify(input)),
      credentials,
    });
  return { ...house, registry, invoke };
}

describe('registerActions', () => {
  it('offers a preview that changes nothing, and a run that does', async () => {
    const { actions } = await agent().registry.list();
    expect(
      actions.map(({ name, title, attributes }) => [name, title, attributes]),
    ).toEqual([
      [
        'preview-switch-lamp',
        'Preview: Switch a lamp',
        { readOnly: true, idempotent: true, destructive: false },
      ],
      [
        'switch-lamp',
        'Switch a lamp',
        { readOnly: false, idempotent: true, destructive: true },
      ],
    ]);
  });

  it('says in words what the input looks like', async () => {
    const { actions } = await agent().registry.list();
    for (const { schema } of actions) {
      expect(JSON.stringify(schema.input)).toContain('\\"room\\"');
    }
  });

  it('previews with the rights of whoever it acts for', async () => {
    const { invoke, run } = agent();
    await expect(
      invoke('preview-switch-lamp', { input: RUN.input }),
    ).resolves.toMatchObject({
      output: {
        preview: { action: 'switch-lamp', after: 'on', resourceVersion: '1' },
      },
    });
    expect(run).not.toHaveBeenCalled();
    await expect(
      agent({ denied: true }).invoke('preview-switch-lamp', {
        input: RUN.input,
      }),
    ).rejects.toThrow('You may not do this');
  });

  it('runs once per key, audited and recorded under the person’s name', async () => {
    const { invoke, lamp, audited } = agent();
    const expected = {
      output: {
        activity: {
          actor: 'user:default/kepler',
          reason: 'It is dark',
          state: 'running',
        },
      },
    };
    await expect(invoke('switch-lamp', RUN)).resolves.toMatchObject(expected);
    await expect(invoke('switch-lamp', RUN)).resolves.toMatchObject(expected);
    expect(lamp.switched).toBe(1);
    expect(audited).toEqual(['switch-lamp begins', 'switch-lamp succeeds']);
  });

  it.each<[string, Parameters<typeof room>[0], object, string]>([
    ['no permission', { denied: true }, RUN, 'You may not do this'],
    ['a portal that only reads', { readOnly: true }, RUN, 'read-only'],
    [
      'a version that nobody previewed',
      {},
      { ...RUN, resourceVersion: '7' },
      'has changed since it was previewed',
    ],
    [
      'a confirmation that was not typed',
      { typedConfirmation: 'study' },
      RUN,
      'typedConfirmation: expected "study"',
    ],
    ['input of another shape', {}, { ...RUN, input: {} }, 'room'],
    ['no reason', {}, { ...RUN, reason: undefined }, 'Invalid input'],
    [
      'a key that is too short to be unique',
      {},
      { ...RUN, idempotencyKey: 'a' },
      'Invalid input',
    ],
  ])('refuses a run with %s', async (_what, options, input, message) => {
    const { invoke, lamp } = agent(options);
    await expect(invoke('switch-lamp', input)).rejects.toThrow(message);
    expect(lamp.switched).toBe(0);
  });
});
