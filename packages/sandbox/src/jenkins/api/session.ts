import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Somebody who is signed in to Jenkins. */
export interface JenkinsUser {
  id: string;
  name: string;
  mayWrite: boolean;
  /** Whether it is shown with every request that nobody else's page sent it. */
  needsCrumb: boolean;
}

/** The API token of the user `orrery`. */
export const JENKINS_TOKEN = 'sandbox-jenkins';
/** Password of the same user, with which crumbs are needed. */
export const JENKINS_PASSWORD = 'sandbox-password';
/** The API token of `guest`, who may look only. */
export const JENKINS_READER_TOKEN = 'sandbox-jenkins-reader';

const users: readonly (JenkinsUser & { secret: string })[] = [
  {
    id: 'orrery',
    name: 'Orrery',
    mayWrite: true,
    needsCrumb: false,
    secret: JENKINS_TOKEN,
  },
  {
    id: 'orrery',
    name: 'Orrery',
    mayWrite: true,
    needsCrumb: true,
    secret: JENKINS_PASSWORD,
  },
  {
    id: 'guest',
    name: 'Guest',
    mayWrite: false,
    needsCrumb: false,
    secret: JENKINS_READER_TOKEN,
  },
];

/** The name of the header and field that carries crumbs. */
export const CRUMB_FIELD = 'Jenkins-Crumb';

/** Sessions and their crumbs. */
export class Sessions {
  readonly #key = randomUUID();
  readonly #sessions = new Set<string>();

  /** Who sends a request; undefined for nobody, null for who is not let in. */
  user({ headers }: IncomingMessage): JenkinsUser | undefined | null {
    const { authorization = '' } = headers;
    if (!authorization.startsWith('Basic ')) return undefined;
    const text = Buffer.from(authorization.slice(6), 'base64').toString();
    const colon = text.indexOf(':');
    const id = text.slice(0, colon);
    return (
      users.find(
        user => user.id === id && user.secret === text.slice(colon + 1),
      ) ?? null
    );
  }

  #sessionOf({ headers }: IncomingMessage): string | undefined {
    const id = /JSESSIONID=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
    return id !== undefined && this.#sessions.has(id) ? id : undefined;
  }

  #crumb(session: string): string {
    return createHash('sha256').update(`${this.#key} ${session}`).digest('hex');
  }

  /** A crumb, and the cookie of its session where that is new. */
  issue(request: IncomingMessage): { crumb: string; cookie?: string } {
    const known = this.#sessionOf(request);
    if (known) return { crumb: this.#crumb(known) };
    const session = randomUUID();
    this.#sessions.add(session);
    return {
      crumb: this.#crumb(session),
      cookie: `JSESSIONID=${session}; Path=/jenkins; HttpOnly`,
    };
  }

  hasCrumb(request: IncomingMessage): boolean {
    const session = this.#sessionOf(request);
    return (
      session !== undefined &&
      request.headers[CRUMB_FIELD.toLowerCase()] === this.#crumb(session)
    );
  }
}
