/** The part of the library that the sandbox uses; it brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  /** Claims by name, as they end up in tokens. */
  export type Claims = { sub: string } & Record<string, unknown>;

  export interface Account {
    accountId: string;
    claims(): Promise<Claims>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Context {
    oidc: {
      client: { clientId: string };
      session: { accountId: string };
      provider: {
        Grant: new (owner: { clientId: string; accountId: string }) => Grant;
      };
    };
  }

  export interface Configuration {
    adapter: new (model: string) => object;
    claims: Record<string, readonly string[]>;
    clients: readonly Record<string, unknown>[];
    cookies: { keys: readonly string[] };
    features: Record<string, { enabled: boolean }>;
    findAccount(context: Context, id: string): Promise<Account | undefined>;
    interactions: {
      url(context: Context, interaction: { uid: string }): Promise<string>;
    };
    issueRefreshToken(): Promise<boolean>;
    jwks: { keys: readonly object[] };
    loadExistingGrant(context: Context): Promise<Grant>;
    pkce: { required(): boolean };
    rotateRefreshToken: boolean;
    ttl: Record<string, number>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{ uid: string }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result:
        | { login: { accountId: string }; consent: object }
        | { error: string; error_description: string },
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }
}
