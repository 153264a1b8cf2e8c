/** What Consul refuses, in plain text as it does. */
export class ConsulError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** The refusal of somebody who is known and may not. */
export function permissionDenied(
  accessor: string,
  permission: string,
  resource: string,
): ConsulError {
  return new ConsulError(
    403,
    `Permission denied: token with AccessorID '${accessor}' lacks permission '${permission}' on "${resource}"`,
  );
}

/** The refusal of a token that nobody issued. */
export const aclNotFound = () => new ConsulError(403, 'ACL not found');
