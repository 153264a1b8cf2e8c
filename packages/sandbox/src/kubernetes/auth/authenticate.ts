import type { IncomingMessage } from 'node:http';
import { forbidden } from '../http/status-error';
import { unauthorized } from '../http/request-failures';
import type { RoleAuthorizer } from './rbac';
import type { TokenUser, User } from './user';

/**
 * Who a request without credentials is. The port is plain HTTP on loopback,
 * where kubectl sends no credentials of its own, so that they count as an
 * administrator's; `--token` makes one somebody else.
 */
export const anonymousAdministrator: User = {
  name: 'sandbox:admin',
  groups: ['system:masters', 'system:authenticated'],
};

const authenticated = 'system:authenticated';

/** Knows the bearer tokens: those configured, and those issued to service accounts. */
export class TokenAuthenticator {
  readonly #users = new Map<string, User>();

  constructor(users: readonly TokenUser[]) {
    for (const { token, name, groups } of users) {
      this.#users.set(token, { name, groups: [...groups, authenticated] });
    }
  }

  /** Makes a token known. */
  issue(token: string, user: User): void {
    this.#users.set(token, {
      ...user,
      groups: [...user.groups, authenticated],
    });
  }

  /** The user behind a token; undefined when it is unknown. */
  lookUp(token: string): User | undefined {
    return this.#users.get(token);
  }

  /** Who makes a request; 401 when its token is unknown. */
  authenticate(request: IncomingMessage): User {
    const header = request.headers.authorization;
    if (header === undefined) {
      return anonymousAdministrator;
    }
    const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
    const user = token === undefined ? undefined : this.lookUp(token);
    if (!user) {
      throw unauthorized();
    }
    return user;
  }
}

function headerValues(request: IncomingMessage, name: string): string[] {
  const value = request.headersDistinct[name];
  return value ?? [];
}

/** The user that a request wants to act as, if its maker may; 403 otherwise. */
export function impersonate(
  request: IncomingMessage,
  user: User,
  authorizer: RoleAuthorizer,
): User {
  const [name] = headerValues(request, 'impersonate-user');
  const groups = headerValues(request, 'impersonate-group');
  if (name === undefined) {
    return user;
  }
  const demand = (plural: string, subject: string) => {
    const action = {
      verb: 'impersonate',
      group: '',
      resource: plural,
      name: subject,
    };
    if (!authorizer.isAllowed(user, action)) {
      throw forbidden(
        { group: '', plural },
        subject,
        `User "${user.name}" cannot impersonate resource "${plural}" in API group "" at the cluster scope`,
      );
    }
  };
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  demand(account ? 'serviceaccounts' : 'users', account ? account[2] : name);
  groups.forEach(group => demand('groups', group));
  const own = account
    ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`]
    : [];
  return { name, groups: [...groups, ...own, authenticated] };
}
