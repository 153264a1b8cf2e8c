import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogLocationCreatePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  approvalPermissionsOf,
  orreryActivityReadPermission,
} from '@orrery/backstage-plugin-orrery-common';
import {
  createPermissionMatrix,
  credentialsOf,
  MATRIX_PERSONAS,
  MATRIX_PROMISES,
  type MatrixEnvironment,
  type MatrixPersona,
} from '@orrery/backstage-plugin-orrery-node/testUtils';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import { OrreryPolicy } from './OrreryPolicy';

const policy = new OrreryPolicy({
  platformTeams: ['group:default/platform'],
  readers: ['user:default/guest'],
  openEnvironments: ['test'],
});
const PLUGIN = 'lamps';
const RESOURCE_TYPE = 'lamps-target';
const NAMESPACES = { test: 'wealth-test', production: 'wealth' };
const personas = Object.keys(MATRIX_PERSONAS) as MatrixPersona[];
const environments: MatrixEnvironment[] = ['test', 'production'];

const input = z.object({ workload: z.string() });

/** A write of one kind on a lamp that stays at the version it has. */
function action(
  name: string,
  more: Partial<ActionDefinition<typeof input>> = {},
): ActionDefinition<typeof input> {
  return {
    name,
    title: name,
    description: name,
    input,
    permission: createPermission({
      name: `lamps.lamp.${name}`,
      attributes: { action: 'update' },
      resourceType: RESOURCE_TYPE,
    }),
    target: ({ workload }) => workload,
    preview: async ({ workload }) => ({
      target: workload,
      summary: name,
      before: 'off',
      after: 'on',
      blastRadius: { sentences: [] },
      resourceVersion: '1',
      warnings: [],
    }),
    run: async () => ({ message: 'Done' }),
    verify: async () => ({ state: 'succeeded', message: '' }),
    undo: () => '',
    ...more,
  };
}

function matrix(...actions: ActionDefinition[]) {
  return createPermissionMatrix({
    policy,
    pluginId: PLUGIN,
    resourceType: RESOURCE_TYPE,
    approvals: approvalPermissionsOf(PLUGIN, RESOURCE_TYPE),
    actions,
  });
}

const payment = (environment: MatrixEnvironment) => ({
  workload: `kepler-sh/${NAMESPACES[environment]}/Deployment/payment-v2`,
});

describe('OrreryPolicy on targets', () => {
  const cells = personas.flatMap(persona =>
    environments.map(
      environment =>
        [persona, environment, MATRIX_PROMISES[persona][environment]] as const,
    ),
  );

  it.each(cells)('%s in %s: %s', async (persona, environment, expected) => {
    const { attempt } = matrix(action('switch'));
    const { outcome } = await attempt('switch', payment(environment), persona);
    expect(outcome).toBe(expected);
  });

  it('asks nobody about writes that are not approvable', async () => {
    const { attempt } = matrix(action('dim', { approvable: false }));
    expect((await attempt('dim', payment('production'), 'owner')).outcome).toBe(
      'done',
    );
  });

  it.each(environments)(
    'leaves to the owners of the system what no component claims, in %s',
    async environment => {
      const { attempt } = matrix(action('switch'));
      const workload = `kepler-sh/${NAMESPACES[environment]}/Deployment/order`;
      expect((await attempt('switch', { workload }, 'owner')).outcome).toBe(
        MATRIX_PROMISES.owner[environment],
      );
      expect((await attempt('switch', { workload }, 'stranger')).outcome).toBe(
        'refused',
      );
    },
  );

  it.each(environments)(
    'leaves to the platform what nobody owns, in %s',
    async environment => {
      const { attempt } = matrix(action('switch'));
      const namespace = NAMESPACES[environment].replace('wealth', 'loan');
      const workload = `kepler-sh/${namespace}/Deployment/order`;
      expect((await attempt('switch', { workload }, 'owner')).outcome).toBe(
        'refused',
      );
      expect(
        (await attempt('switch', { workload }, 'platform engineer')).outcome,
      ).toBe('done');
    },
  );

  /** The owner asks, someone answers with an approval. */
  async function approveAs(who: MatrixPersona) {
    const { attempt, runner, log, runs } = matrix(action('switch'));
    const { id = '' } = await attempt('switch', payment('production'), 'owner');
    const [answer] = await Promise.allSettled([
      runner.approve(id, 'Seen', { credentials: credentialsOf(who) }),
    ]);
    return { answer, state: log.rows.get(id)?.state, runs: runs() };
  }

  it.each(['teammate', 'platform engineer'] as const)(
    'lets %s approve what the owner asked',
    async who => {
      const { answer, runs } = await approveAs(who);
      expect(answer).toMatchObject({
        value: {
          actor: 'user:default/lin',
          approval: {
            decision: 'approved',
            decidedBy: MATRIX_PERSONAS[who][0],
          },
        },
      });
      expect(runs).toBe(1);
    },
  );

  it.each([
    ['owner', /of their own/],
    ['stranger', /lamps.lamp.switch is not granted/],
    ['guest', /lamps.lamp.switch is not granted/],
  ] as const)(
    'lets %s approve nothing that the owner asked',
    async (who, refusal) => {
      const { answer, state, runs } = await approveAs(who);
      expect(answer).toMatchObject({
        reason: {
          name: 'NotAllowedError',
          message: expect.stringMatching(refusal),
        },
      });
      expect([state, runs]).toEqual(['waiting', 0]);
    },
  );

  it('runs once when two people approve at once, and tells the other', async () => {
    const { attempt, runner, runs } = matrix(action('switch'));
    const { id = '' } = await attempt('switch', payment('production'), 'owner');
    const outcomes = await Promise.allSettled(
      (['teammate', 'platform engineer'] as const).map(who =>
        runner.approve(id, 'Seen', { credentials: credentialsOf(who) }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    const lost = outcomes.find(({ status }) => status === 'rejected');
    expect(lost).toMatchObject({
      reason: {
        name: 'ConflictError',
        message: expect.stringMatching(/approved by user:default/),
      },
    });
    expect(runs()).toBe(1);
  });

  it('expires what changed before it was approved', async () => {
    let state = 'off';
    const { attempt, runner, log, runs } = matrix(
      action('switch', {
        preview: async ({ workload }) => ({
          target: workload,
          summary: 'switch',
          before: state,
          after: 'on',
          blastRadius: { sentences: [] },
          resourceVersion: state,
          warnings: [],
        }),
      }),
    );
    const { id = '' } = await attempt('switch', payment('production'), 'owner');
    state = 'broken';
    await expect(
      runner.approve(id, 'Seen', { credentials: credentialsOf('teammate') }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(log.rows.get(id)).toMatchObject({
      state: 'expired',
      message: expect.stringMatching(/target has changed/),
    });
    expect(runs()).toBe(0);
  });

  it('lets a second person reject, and only the requester withdraw', async () => {
    const { attempt, runner, log } = matrix(action('switch'));
    const [first, second] = [
      await attempt('switch', payment('production'), 'owner'),
      await attempt('switch', payment('production'), 'owner'),
    ].map(({ id = '' }) => id);
    const as = (who: MatrixPersona) => ({ credentials: credentialsOf(who) });
    await expect(
      runner.withdraw(first, 'No', as('teammate')),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      runner.reject(first, 'No', as('stranger')),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await runner.reject(first, 'Not today', as('teammate'));
    await runner.withdraw(second, 'A mistake', as('owner'));
    expect([...log.rows.values()].map(({ state }) => state)).toEqual([
      'rejected',
      'withdrawn',
    ]);
    await expect(
      runner.approve(first, 'Yes', as('platform engineer')),
    ).rejects.toThrow(/Rejected by user:default\/priya: Not today/);
  });
});

describe('OrreryPolicy on everything else', () => {
  const decide = async (permission: Permission, persona: MatrixPersona) => {
    const [userEntityRef, ...groups] = MATRIX_PERSONAS[persona];
    const { result } = await policy.handle(
      { permission },
      {
        credentials: credentialsOf(persona),
        info: {
          userEntityRef,
          ownershipEntityRefs: [userEntityRef, ...groups],
        },
      },
    );
    return result;
  };
  const proxy = createPermission({ name: 'kubernetes.proxy', attributes: {} });
  const unknown = createPermission({ name: 'tea.brew', attributes: {} });
  const secret = createPermission({
    name: 'lamps.secret.read',
    attributes: { action: 'read' },
    resourceType: RESOURCE_TYPE,
  });
  const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;

  it.each([
    [secret, DENY, CONDITIONAL, ALLOW],
    [catalogEntityReadPermission, ALLOW, ALLOW, ALLOW],
    [orreryActivityReadPermission, ALLOW, ALLOW, ALLOW],
    [catalogEntityDeletePermission, DENY, CONDITIONAL, ALLOW],
    [catalogLocationCreatePermission, DENY, ALLOW, ALLOW],
    [proxy, DENY, DENY, ALLOW],
    [unknown, DENY, ALLOW, ALLOW],
  ])('%j', async (permission, guest, owner, platform) => {
    expect([
      await decide(permission, 'guest'),
      await decide(permission, 'owner'),
      await decide(permission, 'platform engineer'),
    ]).toEqual([guest, owner, platform]);
  });

  it('refuses whoever is not signed in', async () => {
    await expect(
      policy.handle({ permission: catalogEntityReadPermission }),
    ).resolves.toEqual({ result: DENY });
  });
});
