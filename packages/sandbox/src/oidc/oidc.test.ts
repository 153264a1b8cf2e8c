import { createServer, type Server } from 'node:http';
import { defaultWorld } from '../world/default';
import { createOidcFacade } from './facade';

const PORTAL = 'http://localhost:7007';
const CALLBACK = `${PORTAL}/api/auth/oidc/handler/frame`;
const people = defaultWorld.people;

type Claims = Record<string, unknown>;

/** What a token says; its signature is the library's affair. */
function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}

/** A browser as far as signing in needs one: it keeps cookies. */
class Visitor {
  readonly #cookies = new Map<string, string>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...init.headers,
        Cookie: [...this.#cookies]
          .map(([name, value]) => `${name}=${value}`)
          .join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) {
        this.#cookies.set(name, value);
      } else {
        this.#cookies.delete(name);
      }
    }
    return response;
  }
}

describe('the sign-in of the sandbox', () => {
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    const facade = createOidcFacade(defaultWorld);
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(
        request.url ?? '/',
        'http://localhost',
      );
      facade.handle(
        request,
        response,
        pathname.slice(facade.prefix.length),
        searchParams,
      );
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    origin = `http://127.0.0.1:${port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const start = (parameters: Record<string, string> = {}) =>
    `${origin}/oidc/auth?${new URLSearchParams({
      client_id: 'orrery',
      response_type: 'code',
      scope: 'openid profile email',
      redirect_uri: CALLBACK,
      state: 'as-it-was',
      ...parameters,
    })}`;

  /** The address of the page that asks who one is. */
  async function ask(visitor: Visitor): Promise<string> {
    const response = await visitor.fetch(start());
    return new URL(response.headers.get('location')!, origin).toString();
  }

  const answer = (visitor: Visitor, page: string, form: Claims) =>
    visitor.fetch(page, {
      method: 'POST',
      body: new URLSearchParams(form as Record<string, string>),
    });

  /** A page that submits itself, as a browser's script does it. */
  async function submit(visitor: Visitor, page: Response): Promise<Response> {
    const text = await page.text();
    const [, action] = /action="([^"]+)"/.exec(text) ?? [];
    const fields = [...text.matchAll(/name="([^"]+)" value="([^"]*)"/g)];
    return answer(
      visitor,
      action,
      Object.fromEntries(fields.map(([, name, value]) => [name, value])),
    );
  }

  /** Goes on until it leaves the provider. */
  async function leave(visitor: Visitor, from: Response): Promise<URL> {
    let response = from;
    for (let hop = 0; hop < 6; hop += 1) {
      const location = response.headers.get('location');
      if (location === null) {
        response = await submit(visitor, response);
        continue;
      }
      const next = new URL(location, origin);
      if (next.origin !== origin) {
        return next;
      }
      response = await visitor.fetch(next.toString());
    }
    throw new Error('It turns in circles');
  }

  const exchange = (code: string, secret = 'sandbox') =>
    fetch(`${origin}/oidc/token`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`orrery:${secret}`).toString(
          'base64',
        )}`,
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: CALLBACK,
      }),
    });

  async function signIn(name: string, visitor = new Visitor()) {
    const page = await ask(visitor);
    const back = await leave(
      visitor,
      await answer(visitor, page, { account: name }),
    );
    expect(back.origin + back.pathname).toBe(CALLBACK);
    expect(back.searchParams.get('state')).toBe('as-it-was');
    return back.searchParams.get('code') ?? '';
  }

  it('tells where everything is, by the address that it was asked by', async () => {
    const path = '/oidc/.well-known/openid-configuration';
    const response = await fetch(`${origin}${path}`);
    await expect(response.json()).resolves.toMatchObject({
      issuer: `${origin}/oidc`,
      authorization_endpoint: `${origin}/oidc/auth`,
      token_endpoint: `${origin}/oidc/token`,
      userinfo_endpoint: `${origin}/oidc/me`,
      jwks_uri: `${origin}/oidc/jwks`,
    });
    const named = origin.replace('127.0.0.1', 'localhost');
    const other = await fetch(`${named}${path}`);
    await expect(other.json()).resolves.toMatchObject({
      issuer: `${named}/oidc`,
    });
  });

  it('shows everyone but the guest, who needs no sign-in', async () => {
    const visitor = new Visitor();
    const response = await visitor.fetch(await ask(visitor));
    const page = await response.text();
    expect(response.status).toBe(200);
    for (const { name, displayName } of people) {
      expect(page.includes(displayName)).toBe(name !== 'guest');
    }
  });

  it.each(people.map(({ name }) => name))('signs %s in', async name => {
    const person = people.find(candidate => candidate.name === name)!;
    const response = await exchange(await signIn(name));
    const tokens = await response.json();
    const expected = {
      sub: name,
      name: person.displayName,
      preferred_username: name,
      email: person.email,
      email_verified: true,
    };
    expect(claimsOf(tokens.id_token)).toMatchObject({
      iss: `${origin}/oidc`,
      aud: 'orrery',
      sub: name,
    });
    const userinfo = await fetch(`${origin}/oidc/me`, {
      headers: { Authorization: `Bearer ${tokens.access_token}` },
    });
    await expect(userinfo.json()).resolves.toEqual(expected);
    expect(tokens.refresh_token).toEqual(expect.any(String));
  });

  it('asks again though somebody is signed in', async () => {
    const visitor = new Visitor();
    await signIn('lin', visitor);
    const code = await signIn('mateo', visitor);
    const tokens = await (await exchange(code)).json();
    expect(claimsOf(tokens.id_token).sub).toBe('mateo');
  });

  it('takes no code twice and no other secret', async () => {
    const code = await signIn('lin');
    expect((await exchange(code, 'guessed')).status).toBe(401);
    expect((await exchange(code)).status).toBe(200);
    const again = await exchange(code);
    expect(again.status).toBe(400);
    await expect(again.json()).resolves.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it.each([
    'https://evil.example/api/auth/oidc/handler/frame',
    'http://localhost.evil.example/api/auth/oidc/handler/frame',
    `${PORTAL}/elsewhere`,
  ])('sends nobody to %s', async redirect => {
    const response = await new Visitor().fetch(
      start({ redirect_uri: redirect }),
    );
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain('redirect_uri');
  });

  it('refuses who is not there, and says who is', async () => {
    const visitor = new Visitor();
    const page = await ask(visitor);
    const response = await answer(visitor, page, { account: 'nobody' });
    expect(response.status).toBe(400);
    const { error } = await response.json();
    expect(error).toMatch(/^account: expected one of lin, priya, /);
  });

  it('goes back without a code when nobody is picked', async () => {
    const visitor = new Visitor();
    const page = await ask(visitor);
    const back = await leave(
      visitor,
      await answer(visitor, page, { cancel: 'cancel' }),
    );
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.has('code')).toBe(false);
  });

  it('knows no sign-in but those that were begun', async () => {
    const response = await fetch(`${origin}/oidc/interaction/made-up`);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/sign-in is over/);
  });
});
