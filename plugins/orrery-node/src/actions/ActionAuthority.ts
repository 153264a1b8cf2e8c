import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type {
  ApprovalPermissions,
  PermittedAnswer,
} from '@orrery/backstage-plugin-orrery-common';
import type { TargetAuthority } from '../authority';
import type { ActionDefinition } from './types';

type Question = { permission: Permission; target: string };

/** Asks the permission framework about actions on their targets. */
export class ActionAuthority {
  readonly #permissions: PermissionsService;
  readonly #targets: TargetAuthority | undefined;
  readonly #approvals: ApprovalPermissions | undefined;

  constructor(options: {
    permissions: PermissionsService;
    authority?: TargetAuthority;
    approvals?: ApprovalPermissions;
  }) {
    this.#permissions = options.permissions;
    this.#targets = options.authority;
    this.#approvals = options.approvals;
  }

  /** @throws NotAllowedError that names the permission, the target and its owners */
  async authorize(
    permission: Permission,
    target: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [isAllowed] = await this.#ask([{ permission, target }], credentials);
    if (!isAllowed) {
      throw new NotAllowedError(await this.#refusal(permission, target));
    }
  }

  /** @throws NotAllowedError unless the caller may approve writes to the target */
  async authorizeGrant(
    target: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!this.#approvals) {
      throw new NotAllowedError('Nothing here needs a second person');
    }
    await this.authorize(this.#approvals.grant, target, credentials);
  }

  /** True when the caller may not act on the target alone. */
  async needsApproval(
    action: ActionDefinition,
    target: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    if (!this.#approvals || action.approvable === false) {
      return false;
    }
    const { skip } = this.#approvals;
    const [mayAlone] = await this.#ask(
      [{ permission: skip, target }],
      credentials,
    );
    return !mayAlone;
  }

  /** Answers many questions with one request to the permission framework. */
  async answer(
    questions: readonly { action: ActionDefinition; target: string }[],
    credentials: BackstageCredentials,
  ): Promise<PermittedAnswer[]> {
    const skip = this.#approvals?.skip;
    const asked = questions.map(({ action, target }) => ({
      target,
      own: { permission: action.permission, target },
      alone:
        skip && action.approvable !== false
          ? { permission: skip, target }
          : undefined,
    }));
    const unique = new Map(
      asked
        .flatMap(({ own, alone }) => (alone ? [own, alone] : [own]))
        .map(question => [keyOf(question), question]),
    );
    const answers = await this.#ask([...unique.values()], credentials);
    const byKey = new Map(
      [...unique.keys()].map((key, index) => [key, answers[index]]),
    );
    return Promise.all(
      asked.map(async ({ target, own, alone }) => {
        if (!byKey.get(keyOf(own))) {
          const reason = await this.#refusal(own.permission, target);
          return { allowed: false, needsApproval: false, reason };
        }
        return alone && !byKey.get(keyOf(alone))
          ? {
              allowed: true,
              needsApproval: true,
              reason: `A second person must approve this: ${await this.#describe(
                target,
              )}`,
            }
          : { allowed: true, needsApproval: false };
      }),
    );
  }

  async #ask(
    questions: readonly Question[],
    credentials: BackstageCredentials,
  ): Promise<boolean[]> {
    if (questions.length === 0) {
      return [];
    }
    const decisions = await this.#permissions.authorize(
      questions.map(({ permission, target }) =>
        isResourcePermission(permission)
          ? { permission, resourceRef: target }
          : { permission },
      ),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }

  async #refusal(permission: Permission, target: string): Promise<string> {
    const start = `You may not do this: the permission ${permission.name} is not granted to you`;
    return isResourcePermission(permission)
      ? `${start} on ${target}. ${await this.#describe(target)}`
      : start;
  }

  /** Whose it is, in a sentence; the ref alone where the catalog is away. */
  async #describe(target: string): Promise<string> {
    try {
      const known = await this.#targets?.resolve(target);
      if (!known) {
        return `It is about ${target}`;
      }
      const { name, namespace, environment, owners } = known;
      return `${name} in ${namespace} (${environment}) belongs to ${
        owners.length > 0 ? owners.join(', ') : 'nobody in the catalog'
      }`;
    } catch (error) {
      return `Whose ${target} is, the catalog does not say at the moment`;
    }
  }
}

function keyOf({ permission, target }: Question): string {
  return `${permission.name} ${target}`;
}
