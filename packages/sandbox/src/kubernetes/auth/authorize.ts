import { forbidden, StatusError } from '../http/status-error';
import type { ResourceRequest } from '../http/request-info';
import type { RoleAuthorizer } from './rbac';
import type { User } from './user';

/** Refuses a resource request that no role allows. */
export function authorizeResource(
  authorizer: RoleAuthorizer,
  user: User,
  target: ResourceRequest,
): void {
  const { type, verb, namespace, name, subresource } = target;
  const plural = subresource ? `${type.plural}/${subresource}` : type.plural;
  const action = { verb, group: type.group, resource: plural, namespace, name };
  if (!authorizer.isAllowed(user, action)) {
    const scope = namespace
      ? `in the namespace "${namespace}"`
      : 'at the cluster scope';
    throw forbidden(
      type,
      name,
      `User "${user.name}" cannot ${verb} resource "${plural}" in API group "${type.group}" ${scope}`,
    );
  }
}

/** Refuses a request for a path that is no resource. */
export function authorizePath(
  authorizer: RoleAuthorizer,
  user: User,
  method: string,
  path: string,
): void {
  const verb = method.toLowerCase();
  if (!authorizer.isAllowed(user, { verb, path })) {
    throw new StatusError(
      403,
      'Forbidden',
      `forbidden: User "${user.name}" cannot ${verb} path "${path}"`,
      {},
    );
  }
}
