import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Facade } from '../facade';
import { sendJson, sendText } from '../http';
import type { World } from '../world/types';
import { createProvider } from './createProvider';
import { renderLoginPage } from './loginPage';

const PREFIX = '/oidc';
const LOOPBACK = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/;
const BODY_LIMIT = 4096;

/** Reads the form of the sign-in page. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT) request.destroy();
    else chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/**
 * Every sign-in asks who one is: a session of before would be taken for the
 * answer, and changing persons is what this provider is for.
 */
function forgetSession(request: IncomingMessage): void {
  request.headers.cookie = (request.headers.cookie ?? '')
    .split('; ')
    .filter(cookie => !cookie.startsWith('_session'))
    .join('; ');
}

/**
 * An OpenID Connect provider with the world's people as its accounts. Its
 * issuer is the address it is asked by, so that any port will do.
 */
export function createOidcFacade(world: World): Facade {
  const providers = new Map<string, Promise<Provider>>();

  function providerOf(host: string): Promise<Provider> {
    let provider = providers.get(host);
    if (!provider) {
      provider = createProvider(`http://${host}${PREFIX}`, world);
      providers.set(host, provider);
    }
    return provider;
  }

  async function interact(
    provider: Provider,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    let uid: string;
    try {
      ({ uid } = await provider.interactionDetails(request, response));
    } catch {
      sendText(
        response,
        400,
        'This sign-in is over. Go back to the portal and start anew.\n',
      );
      return;
    }
    if (request.method !== 'POST') {
      response
        .writeHead(200, {
          'Content-Type': 'text/html; charset=utf-8',
          'Cache-Control': 'no-store',
        })
        .end(renderLoginPage(uid, world));
      return;
    }
    const form = await readForm(request);
    const accountId = form.get('account') ?? '';
    const known = world.people.some(({ name }) => name === accountId);
    if (!known && !form.has('cancel')) {
      sendJson(response, 400, {
        error: `account: expected one of ${world.people
          .map(({ name }) => name)
          .join(', ')}`,
      });
      return;
    }
    await provider.interactionFinished(
      request,
      response,
      known
        ? { login: { accountId }, consent: {} }
        : { error: 'access_denied', error_description: 'Nobody was picked' },
      { mergeWithLastSubmission: false },
    );
  }

  return {
    prefix: PREFIX,
    title: 'OpenID Connect: sign in as one of the people',
    examples: [`curl {origin}${PREFIX}/.well-known/openid-configuration`],
    async handle(request, response, path) {
      const host = request.headers.host ?? '';
      if (!LOOPBACK.test(host)) {
        sendJson(response, 400, {
          error: 'Host: expected 127.0.0.1 or localhost',
        });
        return;
      }
      const provider = await providerOf(host);
      if (path.startsWith('/interaction/')) {
        await interact(provider, request, response);
        return;
      }
      if (path === '/auth') forgetSession(request);
      // By the difference of the two the library knows where it is mounted.
      const whole = request.url ?? '/';
      Object.assign(request, { originalUrl: whole });
      request.url = whole.slice(PREFIX.length) || '/';
      provider.callback()(request, response);
    },
  };
}
