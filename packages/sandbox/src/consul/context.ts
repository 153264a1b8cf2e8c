import type { Effects } from '../simulator';
import type { AclStore, Token } from './acl/AclStore';
import type { Authorizer } from './acl/Authorizer';
import { permissionDenied } from './errors';
import type { KeyValueStore } from './kv/KeyValueStore';
import type { Waiters } from './kv/blocking';
import type { ConsulRequest } from './request';
import type { SessionStore } from './sessions/SessionStore';

/** Everything behind the API. */
export interface ConsulState {
  datacenter: string;
  store: KeyValueStore;
  sessions: SessionStore;
  acl: AclStore;
  waiters: Waiters;
  effects: Pick<Effects, 'consul'>;
}

/** Who asks, and what they may do. */
export interface Caller {
  token: Token;
  authorizer: Authorizer;
}

/** @throws ConsulError 403 `ACL not found` for a token that nobody issued */
export function callerOf(state: ConsulState, request: ConsulRequest): Caller {
  const token = state.acl.tokenOf(request.token);
  return { token, authorizer: state.acl.authorizerOf(token) };
}

/** @throws ConsulError 403 unless the caller may */
export function demand(
  caller: Caller,
  access: 'read' | 'list' | 'write',
  kind: string,
  name: string,
): void {
  if (!caller.authorizer.may(access, kind, name)) {
    throw permissionDenied(caller.token.AccessorID, `${kind}:${access}`, name);
  }
}
