/** Who makes a request. */
export interface User {
  name: string;
  groups: readonly string[];
  uid?: string;
}

/** A user known by a bearer token. */
export interface TokenUser {
  token: string;
  name: string;
  groups: readonly string[];
}
