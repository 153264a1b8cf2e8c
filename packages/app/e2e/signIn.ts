import { request, type APIRequestContext } from 'playwright-core';

/** Cookies of someone who is signed in. */
export type StorageState = Awaited<
  ReturnType<APIRequestContext['storageState']>
>;

const known = new Map<string, Promise<StorageState>>();

/** Walks through the provider's pages as a browser would, without one. */
async function walk(backendUrl: string, person: string): Promise<StorageState> {
  const context = await request.newContext();
  const start = new URLSearchParams({
    env: 'development',
    scope: 'openid profile email',
    origin: backendUrl,
    flow: 'popup',
  });
  const page = await context.get(`${backendUrl}/api/auth/oidc/start?${start}`);
  if (!page.url().includes('/oidc/interaction/')) {
    throw new Error(
      `Nobody was asked who they are: ${page.status()} at ${page.url()}`,
    );
  }
  const answer = await context.post(page.url(), { form: { account: person } });
  if (!answer.url().includes('/handler/frame')) {
    throw new Error(
      `${person} could not sign in: ${answer.status()} at ${answer.url()}`,
    );
  }
  const state = await context.storageState();
  await context.dispose();
  return state;
}

/** Signs in once per person and process. */
export async function signedIn(
  backendUrl: string,
  person: string,
): Promise<StorageState> {
  let state = known.get(person);
  if (!state) {
    state = walk(backendUrl, person);
    known.set(person, state);
  }
  return state;
}

/** A Backstage token of someone. */
export async function tokenOf(
  backendUrl: string,
  person: string,
): Promise<string> {
  const context = await request.newContext({
    storageState: await signedIn(backendUrl, person),
  });
  const answer = await context.get(
    `${backendUrl}/api/auth/oidc/refresh?env=development&optional`,
    { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
  );
  const body = (await answer.json()) as {
    backstageIdentity?: { token: string };
  };
  await context.dispose();
  if (!body.backstageIdentity) {
    throw new Error(`${person} got no token: ${JSON.stringify(body)}`);
  }
  return body.backstageIdentity.token;
}
