import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';

function fieldOf(
  credentials: BackstageCredentials,
  field: string,
): string | undefined {
  const principal: unknown = credentials.principal;
  const value =
    typeof principal === 'object' && principal !== null
      ? Reflect.get(principal, field)
      : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Entity ref of a signed-in person; undefined for services and nobody. */
export function personOf(
  credentials: BackstageCredentials,
): string | undefined {
  return fieldOf(credentials, 'userEntityRef');
}

/**
 * Who acts: the entity ref of a person or the name of a service.
 *
 * @throws AuthenticationError when nobody is signed in
 */
export function actorOf(credentials: BackstageCredentials): string {
  const actor = personOf(credentials) ?? fieldOf(credentials, 'subject');
  if (actor === undefined) {
    throw new AuthenticationError('An action needs a signed-in caller');
  }
  return actor;
}
