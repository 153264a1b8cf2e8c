import { TestDatabases } from '@backstage/backend-test-utils';
import {
  deliveryApprovalPermissions,
  RESOURCE_TYPE_DELIVERY_TARGET,
} from '@orrery/backstage-plugin-delivery-common';
import {
  createPermissionMatrix,
  credentialsOf,
  MATRIX_ENVIRONMENTS,
  MATRIX_PERSONAS,
  type MatrixEnvironment,
  type MatrixOutcome,
  type MatrixPersona,
} from '@orrery/backstage-plugin-orrery-node/testUtils';
import { OrreryPolicy } from '@orrery/backstage-plugin-permission-backend-module-orrery';
import type { Knex } from 'knex';
import {
  createMatrixActions,
  matrixInputs,
  playMatrixUpstreams,
} from './__testUtils__/matrixActions';
import { openDatabase } from './database/openDatabase';

type Row = Record<MatrixPersona, Record<MatrixEnvironment, MatrixOutcome>>;

/** What needs a second person where the environment is protected. */
const WITH_CONSENT: Row = {
  owner: { test: 'done', production: 'waits' },
  teammate: { test: 'done', production: 'waits' },
  'platform engineer': { test: 'done', production: 'done' },
  stranger: { test: 'refused', production: 'refused' },
  guest: { test: 'refused', production: 'refused' },
};

/** What puts things right: whoever may do it, may do it alone. */
const ALONE: Row = {
  owner: { test: 'done', production: 'done' },
  teammate: { test: 'done', production: 'done' },
  'platform engineer': { test: 'done', production: 'done' },
  stranger: { test: 'refused', production: 'refused' },
  guest: { test: 'refused', production: 'refused' },
};

/** Every action of the plugin; one that is missing here fails the first test. */
const PROMISES: Record<string, Row> = {
  'deploy-image': WITH_CONSENT,
  'scale-workload': WITH_CONSENT,
  'restart-workload': WITH_CONSENT,
  'pause-workload': WITH_CONSENT,
  'resume-workload': WITH_CONSENT,
  'set-resources': WITH_CONSENT,
  'set-probes': WITH_CONSENT,
  'set-environment': WITH_CONSENT,
  'roll-back': WITH_CONSENT,
  // The second person is whoever merges.
  'propose-change': ALONE,
  'withdraw-proposal': ALONE,
  'delete-pod': WITH_CONSENT,
  'run-cron-job-now': WITH_CONSENT,
  'start-canary': WITH_CONSENT,
  'canary-promote': WITH_CONSENT,
  'canary-promote-full': WITH_CONSENT,
  'canary-pause': ALONE,
  'canary-resume': WITH_CONSENT,
  'canary-skip-step': WITH_CONSENT,
  'canary-abort': ALONE,
  'canary-retry': WITH_CONSENT,
  'canary-approve': WITH_CONSENT,
  'canary-reject': ALONE,
  'canary-set-weight': WITH_CONSENT,
  'canary-undo': WITH_CONSENT,
  'canary-restart': WITH_CONSENT,
  'apply-objects': WITH_CONSENT,
  'delete-objects': WITH_CONSENT,
  'start-build': ALONE,
  'scan-image': ALONE,
  'abort-build': ALONE,
  'cancel-build': ALONE,
  'create-build-job': WITH_CONSENT,
  'delete-build-job': WITH_CONSENT,
  'delete-source-project': WITH_CONSENT,
  'create-source-hook': ALONE,
  'delete-source-hook': ALONE,
  'create-image-project': WITH_CONSENT,
};

const NAMESPACES = { test: 'wealth-test', production: 'wealth' };
const personas = Object.keys(MATRIX_PERSONAS) as MatrixPersona[];
const environments: MatrixEnvironment[] = ['test', 'production'];

describe('actions of delivery under the sample policy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const stops: (() => void)[] = [];
  let database: Knex;
  let upstreams: Awaited<ReturnType<typeof playMatrixUpstreams>>;

  beforeAll(async () => {
    upstreams = await playMatrixUpstreams();
    const knex = await databases.init('SQLITE_3');
    database = await openDatabase({ getClient: async () => knex });
  });

  afterEach(() => stops.splice(0).forEach(stop => stop()));

  afterAll(() => upstreams.stop());

  async function open(action: string) {
    const { actions, stop } = await createMatrixActions({
      database,
      environments: MATRIX_ENVIRONMENTS,
      upstreams,
      action,
    });
    stops.push(stop);
    return createPermissionMatrix({
      policy: new OrreryPolicy({
        platformTeams: ['group:default/platform'],
        readers: ['user:default/guest'],
        openEnvironments: ['test'],
      }),
      pluginId: 'delivery',
      resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
      approvals: deliveryApprovalPermissions,
      actions,
    });
  }

  it('are all in the table', async () => {
    const { runner } = await open('deploy-image');
    expect(runner.actions.map(({ name }) => name).sort()).toEqual(
      Object.keys(PROMISES).sort(),
    );
  });

  const cells = Object.entries(PROMISES).flatMap(([action, row]) =>
    personas.flatMap(persona =>
      environments.map(
        environment =>
          [action, persona, environment, row[persona][environment]] as const,
      ),
    ),
  );

  it.each(cells)(
    '%s by %s in %s: %s',
    async (action, persona, environment, expected) => {
      const input = matrixInputs(NAMESPACES[environment]).get(action);
      const { attempt } = await open(action);
      const { outcome } = await attempt(action, input, persona);
      expect(outcome).toBe(expected);
    },
  );

  const waiting = Object.keys(PROMISES).filter(
    action => PROMISES[action].owner.production === 'waits',
  );

  it.each(waiting)('%s is done once a second person approves', async action => {
    const { attempt, runner, log, runs } = await open(action);
    const input = matrixInputs(NAMESPACES.production).get(action);
    const { id = '' } = await attempt(action, input, 'owner');
    for (const who of ['owner', 'stranger', 'guest'] as const) {
      await expect(
        runner.approve(id, 'Seen', { credentials: credentialsOf(who) }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
    }
    expect([log.rows.get(id)?.state, runs()]).toEqual(['waiting', 0]);
    await runner.approve(id, 'Seen', {
      credentials: credentialsOf('teammate'),
    });
    expect(log.rows.get(id)).toMatchObject({
      actor: 'user:default/lin',
      approval: { decision: 'approved', decidedBy: 'user:default/priya' },
    });
    expect(runs()).toBe(1);
  });
});
