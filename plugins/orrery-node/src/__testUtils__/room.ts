import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import {
  ActionRunner,
  type ActionDefinition,
  type ActionOutcome,
} from '../actions';
import type { ActivityStart, ApprovalStart } from '../activity';

const permission = createPermission({
  name: 'orrery.lamp.switch',
  attributes: { action: 'update' },
});

const alone = createPermission({
  name: 'orrery.lamp.switch-alone',
  attributes: { action: 'update' },
  resourceType: 'lamp',
});

const grant = createPermission({
  name: 'orrery.lamp.grant',
  attributes: { action: 'update' },
  resourceType: 'lamp',
});

/** A lamp that can be switched, and everything that watches over it. */
export function room(
  options: {
    denied?: boolean;
    readOnly?: boolean;
    typedConfirmation?: string;
    log?: 'away' | 'broken';
    /** A target where nobody may act alone. */
    isProtected?: boolean;
    /** What the log has of requests. */
    requests?: readonly Activity[];
  } = {},
) {
  const lamp = { version: '1', switched: 0 };
  let verified: (outcome: ActionOutcome | Error) => void = () => undefined;
  let report: (message: string) => void = () => undefined;
  const run = jest.fn(
    async (
      _input: { room: string },
      { resourceVersion }: { resourceVersion: string },
    ) => {
      if (resourceVersion !== lamp.version) {
        throw new ConflictError('The lamp has changed');
      }
      lamp.switched += 1;
      lamp.version = String(Number(lamp.version) + 1);
      return { message: 'Switched' };
    },
  );
  const input = z.object({ room: z.string() });
  const action: ActionDefinition<typeof input> = {
    name: 'switch-lamp',
    title: 'Switch a lamp',
    description: 'Makes it bright or dark.',
    input,
    permission,
    target: ({ room: target }) => target,
    preview: async ({ room: target }) => ({
      target,
      summary: `Switch the lamp in ${target}`,
      before: 'off',
      after: 'on',
      blastRadius: { sentences: [] },
      resourceVersion: lamp.version,
      typedConfirmation: options.typedConfirmation,
      warnings: [],
    }),
    run,
    verify: (_input, context) => {
      report = context.report;
      return new Promise((resolve, reject) => {
        verified = outcome =>
          outcome instanceof Error ? reject(outcome) : resolve(outcome);
      });
    },
    undo: () => 'Switch it again',
  };

  const rows = new Map<string, Activity>();
  const ids = new Map<string, string>();
  const activityLog = {
    start: jest.fn(async ({ idempotencyKey, ...start }: ActivityStart) => {
      if (options.log === 'away') {
        return undefined;
      }
      const key = `${start.actor} ${idempotencyKey}`;
      const known = rows.get(ids.get(key) ?? '');
      if (known) {
        return { activity: known, created: false };
      }
      const activity: Activity = {
        ...start,
        id: `row-${rows.size + 1}`,
        startedAt: '2026-01-01T00:00:00Z',
        state: 'running',
      };
      ids.set(key, activity.id);
      rows.set(activity.id, activity);
      return { activity, created: true };
    }),
    update: jest.fn(
      async (id: string, progress: Pick<Activity, 'state' | 'message'>) => {
        if (options.log === 'broken') {
          throw new Error('The disk is full');
        }
        rows.set(id, { ...rows.get(id)!, ...progress });
      },
    ),
  };
  const unused = () => Promise.reject(new Error('Nothing is decided here'));
  const asked = jest.fn(
    async ({ idempotencyKey: _, ...start }: ApprovalStart) => ({
      created: true,
      activity: {
        ...start,
        id: 'asked-1',
        startedAt: '2026-01-01T00:00:00Z',
        state: 'waiting' as const,
      },
    }),
  );
  const audited: string[] = [];
  const logger = mockServices.logger.mock();
  const runner = new ActionRunner({
    pluginId: 'orrery',
    actions: [action],
    activityLog: {
      ...activityLog,
      ask: asked,
      readRequest: async id => {
        const activity = options.requests?.find(row => row.id === id);
        return activity && { activity, input: {}, resourceVersion: '1' };
      },
      decide: unused,
    },
    auditor: {
      createEvent: async ({ eventId }) => {
        audited.push(`${eventId} begins`);
        return {
          success: async () => {
            audited.push(`${eventId} succeeds`);
          },
          fail: async ({ error }) => {
            audited.push(`${eventId} fails: ${error.message}`);
          },
        };
      },
    },
    logger,
    permissions: {
      authorize: async requests =>
        requests.map(({ permission: { name } }) => ({
          result:
            options.denied || (options.isProtected && name === alone.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        })),
      authorizeConditional: unused,
    },
    approvals: { grant, skip: alone },
    readOnly: options.readOnly ?? false,
  });
  return {
    runner,
    lamp,
    run,
    rows,
    audited,
    activityLog,
    asked,
    logger,
    verified: (outcome: ActionOutcome | Error) => verified(outcome),
    report: (message: string) => report(message),
  };
}
