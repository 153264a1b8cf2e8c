import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import type {
  ApprovalPermissions,
  Environment,
} from '@orrery/backstage-plugin-orrery-common';
import { ActionRunner, type ActionDefinition } from '../actions';
import { resolveTarget, type Owners } from '../authority';
import { MemoryActivityLog } from './MemoryActivityLog';
import { policyPermissions } from './policyPermissions';

/** Entity refs of the people of a matrix, with the groups they belong to. @public */
export const MATRIX_PERSONAS = {
  owner: ['user:default/lin', 'group:default/payments'],
  teammate: ['user:default/priya', 'group:default/payments'],
  'platform engineer': ['user:default/mateo', 'group:default/platform'],
  stranger: ['user:default/sofia', 'group:default/lending'],
  guest: ['user:default/guest'],
} as const;

/** @public */
export type MatrixPersona = keyof typeof MATRIX_PERSONAS;

/** Environments of a matrix: `wealth-test` is test, `wealth` is production. @public */
export const MATRIX_ENVIRONMENTS: readonly Environment[] = [
  {
    name: 'test',
    title: 'Test',
    namespaceSuffix: '-test',
    protected: false,
  },
  {
    name: 'production',
    title: 'Production',
    namespaceSuffix: '',
    protected: true,
  },
];

/** @public */
export type MatrixEnvironment = 'test' | 'production';

/** @public */
export type MatrixOutcome = 'done' | 'waits' | 'refused';

/** What the sample policy promises about an action that is approvable. @public */
export const MATRIX_PROMISES: Record<
  MatrixPersona,
  Record<MatrixEnvironment, MatrixOutcome>
> = {
  owner: { test: 'done', production: 'waits' },
  teammate: { test: 'done', production: 'waits' },
  'platform engineer': { test: 'done', production: 'done' },
  stranger: { test: 'refused', production: 'refused' },
  guest: { test: 'refused', production: 'refused' },
};

const OWNER_GROUP = 'group:default/payments';

/**
 * Everything whose name begins with payment is payment's, and of its team,
 * which owns the system wealth too; nobody owns another system.
 */
const owners: Owners = {
  revision: 1,
  ofApp: () => [OWNER_GROUP],
  ofNamespace: () => [OWNER_GROUP],
  ofSystem: namespace => ({
    owners: namespace === 'wealth' ? [OWNER_GROUP] : [],
  }),
  ofObject: ({ name }) =>
    name.startsWith('payment')
      ? { owners: [OWNER_GROUP], entityRef: 'component:default/payment' }
      : { owners: [] },
};

const silent: LoggerService = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silent,
};

/** Credentials of one of the personas. @public */
export function credentialsOf(persona: MatrixPersona): BackstageCredentials {
  const [userEntityRef] = MATRIX_PERSONAS[persona];
  const principal = { type: 'user', userEntityRef };
  return { $$type: '@backstage/BackstageCredentials', principal };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/**
 * A real runner under a real policy, on targets that belong to payments, for
 * trying every action as everybody. Verification is left out; what an action
 * does to its fake cluster is not.
 *
 * @public
 */
export function createPermissionMatrix(options: {
  policy: PermissionPolicy;
  pluginId: string;
  resourceType: string;
  approvals: ApprovalPermissions;
  actions: readonly ActionDefinition[];
}) {
  const { policy, pluginId, resourceType, approvals } = options;
  const log = new MemoryActivityLog();
  const audited: string[] = [];
  let runs = 0;
  let presses = 0;
  const authority = {
    resolve: async (ref: string) =>
      resolveTarget(ref, MATRIX_ENVIRONMENTS, owners),
  };
  const runner = new ActionRunner({
    pluginId,
    actions: options.actions.map(action => ({
      ...action,
      run: async (input, context) => {
        const outcome = await action.run(input, context);
        runs += 1;
        return outcome;
      },
      verify: async () => ({ state: 'succeeded', message: 'Seen' }),
    })),
    activityLog: log,
    auditor: {
      createEvent: async ({ eventId }) => ({
        success: async () => {
          audited.push(`${eventId} succeeds`);
        },
        fail: async () => {
          audited.push(`${eventId} fails`);
        },
      }),
    },
    logger: silent,
    permissions: policyPermissions({
      policy,
      pluginId,
      resourceType,
      authority,
      claimsOf: person =>
        Object.values(MATRIX_PERSONAS)
          .map(refs => [...refs])
          .find(([ref]) => ref === person) ?? [],
    }),
    authority,
    approvals,
    readOnly: false,
  });

  /** Previews and runs as someone would on screen. */
  async function attempt(
    action: string,
    input: unknown,
    persona: MatrixPersona,
  ): Promise<{ outcome: MatrixOutcome; id?: string }> {
    const caller = { credentials: credentialsOf(persona) };
    const before = runs;
    const [answer] = await runner.permitted([{ action, input }], caller);
    let outcome: MatrixOutcome;
    let id: string | undefined;
    try {
      const preview = await runner.preview(action, input, caller);
      presses += 1;
      const row = await runner.run(
        action,
        {
          input,
          reason: 'The matrix',
          resourceVersion: preview.resourceVersion,
          typedConfirmation: preview.typedConfirmation,
          idempotencyKey: `press-number-${presses}`,
        },
        caller,
      );
      id = row.id;
      outcome = row.state === 'waiting' ? 'waits' : 'done';
    } catch (error) {
      if (nameOf(error) !== 'NotAllowedError') {
        throw error;
      }
      outcome = 'refused';
    }
    const offered = answer.allowed ? 'done' : 'refused';
    const told = answer.needsApproval ? 'waits' : offered;
    if (told !== outcome) {
      throw new Error(`${persona} was told ${told}, but it is ${outcome}`);
    }
    const writes = runs - before;
    if (writes !== (outcome === 'done' ? 1 : 0)) {
      throw new Error(`${outcome}, and yet written ${writes} times`);
    }
    return { outcome, id };
  }

  return { runner, log, audited, attempt, runs: () => runs };
}
