import { chromium, type Browser, type Page } from 'playwright-core';
import { signedIn, tokenOf, type StorageState } from './signIn';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Reads a variable that the runner of these tests sets. */
function variable(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run these tests with npm test`);
  }
  return value;
}

export const portalUrl = () => variable('ORRERY_URL');
export const sandboxUrl = () => variable('ORRERY_SANDBOX_URL');
export const backendUrl = () => variable('ORRERY_BACKEND_URL');

/** Ids of the standing fault of the sandbox's world. */
export const ORDER = 'kepler-sh/wealth/Deployment/order';
export const PAYMENT_V2 = 'kepler-sh/wealth/Deployment/payment-v2';

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: variable('ORRERY_CHROMIUM'),
    args: ARGUMENTS,
  });
}

/** What a test wants of its page. */
export type PageOptions = {
  theme?: 'light' | 'dark';
  language?: 'en' | 'zh';
  width?: number;
  height?: number;
  /** Name of the person to be, such as `lin`; a guest where absent, nobody where `nobody`. */
  as?: string;
};

/** What the sign-in page remembers of someone. */
function choiceOf(as: string): string {
  if (as === 'nobody') {
    return '';
  }
  return as === 'guest' ? 'guest' : 'person';
}

/** Opens a page of the portal. Errors that nobody caught fail the test. */
export async function openPage(
  browser: Browser,
  path: string,
  options: PageOptions = {},
): Promise<{ page: Page; errors: string[]; close: () => Promise<void> }> {
  const { theme = 'light', language = 'en', as = 'guest' } = options;
  const storageState: StorageState | undefined =
    as === 'guest' || as === 'nobody'
      ? undefined
      : await signedIn(backendUrl(), as);
  const context = await browser.newContext({
    viewport: {
      width: options.width ?? 1600,
      height: options.height ?? 1000,
    },
    // What moves makes pictures differ; a test of movement asks for it.
    reducedMotion: 'reduce',
    storageState,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(String(error)));
  await page.addInitScript(
    ([themeId, languageId, choice]) => {
      localStorage.setItem('theme', themeId);
      localStorage.setItem('language', languageId);
      if (choice) {
        localStorage.setItem('orrery.signIn', choice);
      }
    },
    [theme, language, choiceOf(as)],
  );
  await page.goto(`${portalUrl()}${path}`);
  return { page, errors, close: () => context.close() };
}

/** A token of the guest, for asking the backend beside the browser. */
export async function guestToken(): Promise<string> {
  const response = await fetch(`${backendUrl()}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = (await response.json()) as {
    backstageIdentity: { token: string };
  };
  return backstageIdentity.token;
}

/** A token of one of the people, for asking the backend as them. */
export async function tokenFor(person: string): Promise<string> {
  return tokenOf(backendUrl(), person);
}

/** Asks until the answer is as wanted. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  isWanted: (value: T) => boolean,
  timeoutMilliseconds = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMilliseconds;
  for (;;) {
    const value = await ask();
    if (isWanted(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${what} did not come about: ${JSON.stringify(value).slice(0, 300)}`,
      );
    }
    await new Promise(resolve => {
      setTimeout(resolve, 250);
    });
  }
}
