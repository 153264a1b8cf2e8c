import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import { json, Refusal, type Answer, type Exchange } from './Exchange';

/** Who may sign in to the registry, and what they may do. */
export const registryUsers: Readonly<
  Record<string, { password: string; mayPush: boolean }>
> = {
  orrery: { password: 'sandbox-registry', mayPush: true },
  reader: { password: 'sandbox-reader', mayPush: false },
};

/** Seconds that a token lasts. */
const LIFETIME = 300;

interface Token {
  scopes: Map<string, ReadonlySet<string>>;
  expiresAt: number;
}

/** The user of a request's basic authentication; undefined without or with a wrong one. */
export function basicUser({ request }: Exchange) {
  const { authorization = '' } = request.headers;
  if (!authorization.startsWith('Basic ')) return undefined;
  const text = Buffer.from(authorization.slice(6), 'base64').toString();
  const colon = text.indexOf(':');
  const user = registryUsers[text.slice(0, colon)];
  return user?.password === text.slice(colon + 1) ? user : undefined;
}

/** What a request needs: nothing more than to be somebody, or actions on a repository. */
function need(
  path: string,
  method: string,
): { name: string; actions: string[] } | undefined {
  if (path === '/v2/_catalog')
    return { name: 'registry:catalog', actions: ['*'] };
  const found = /^\/v2\/(.+?)\/(?:tags|manifests|blobs)\//.exec(path);
  if (!found) return undefined;
  const actions = { GET: ['pull'], HEAD: ['pull'], DELETE: ['delete'] }[
    method
  ] ?? ['pull', 'push'];
  return { name: `repository:${found[1]}`, actions };
}

/** Tokens for the registry, as the Docker token specification has them. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  constructor(
    private readonly clock: Clock,
    private readonly service: string,
  ) {}

  /** Answers the address that challenges name. */
  issue(exchange: Exchange): Answer {
    const { query, request } = exchange;
    const user = basicUser(exchange);
    if (request.headers.authorization !== undefined && !user) {
      throw new Refusal(401, 'UNAUTHORIZED', 'incorrect username or password');
    }
    const scopes = new Map<string, ReadonlySet<string>>();
    for (const scope of query
      .getAll('scope')
      .flatMap(text => text.split(' '))) {
      const colon = scope.lastIndexOf(':');
      const asked = scope.slice(colon + 1).split(',');
      const granted = user?.mayPush
        ? asked
        : asked.filter(action => user && ['pull', '*'].includes(action));
      scopes.set(scope.slice(0, colon), new Set(granted));
    }
    const token = randomUUID();
    const now = this.clock.now();
    for (const [known, { expiresAt }] of this.#tokens) {
      if (expiresAt < now) this.#tokens.delete(known);
    }
    this.#tokens.set(token, { scopes, expiresAt: now + LIFETIME * 1000 });
    return json({
      token,
      access_token: token,
      expires_in: LIFETIME,
      issued_at: new Date(now).toISOString(),
    });
  }

  /** @throws Refusal with a challenge when a request may not do what it asks */
  check({ request, path, method, base }: Exchange): void {
    const { authorization = '' } = request.headers;
    const token = this.#tokens.get(authorization.replace(/^Bearer /, ''));
    const needed = need(path, method);
    const isFresh = token !== undefined && token.expiresAt > this.clock.now();
    const granted = needed && token?.scopes.get(needed.name);
    const suffices =
      !needed || needed.actions.every(action => granted?.has(action));
    if (isFresh && suffices) return;
    const challenge = [
      `Bearer realm="${new URL(base).origin}/registry/token"`,
      `service="${this.service}"`,
      ...(needed ? [`scope="${needed.name}:${needed.actions.join(',')}"`] : []),
      ...(isFresh ? ['error="insufficient_scope"'] : []),
    ];
    throw new Refusal(
      401,
      'UNAUTHORIZED',
      'authentication required',
      needed?.actions.map(action => {
        const [type, name] = needed.name.split(/:(.*)/s);
        return { Type: type, Class: '', Name: name, Action: action };
      }) ?? undefined,
      { 'WWW-Authenticate': challenge.join(',') },
    );
  }
}
