import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';
import { parseRef } from '@orrery/backstage-plugin-orrery-common';
import type { Knex } from 'knex';
import { canaryNotice, type CanaryNotice } from './canaryNotice';
import type { CanaryService } from './CanaryService';

type NoticeRow = { ref: string; key: string; at: string };

const TABLE = 'canary_notices';
const KEY_LENGTH = 200;
const HOUR_MILLISECONDS = 3_600_000;
const NOTHING_TO_TELL = '';

/**
 * Tells the owners of a canary when it waits for them, aborts or finishes:
 * once, however many backends look. What was done before a backend first
 * looked is old news; what needs somebody is not.
 */
export class CanaryNotifier {
  readonly #service: Pick<CanaryService, 'list'>;
  readonly #notifications: NotificationService;
  readonly #database: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #since: string;
  /** By canary, the key of what it was when it was last looked at. */
  readonly #seen = new Map<string, string>();
  /** Complaints of the last look: an outage is worth one line of the log. */
  #complaints = new Set<string>();

  constructor(options: {
    service: Pick<CanaryService, 'list'>;
    notifications: NotificationService;
    database: Knex;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#service = options.service;
    this.#notifications = options.notifications;
    this.#database = options.database;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
    this.#since = this.#now().toISOString();
  }

  /** Looks at all canaries and tells what is new. Never throws. */
  async look(): Promise<void> {
    const before = this.#complaints;
    this.#complaints = new Set();
    const complain = (level: 'warn' | 'debug', complaint: string) => {
      this.#complaints.add(complaint);
      if (!before.has(complaint)) {
        this.#logger[level](complaint);
      }
    };
    try {
      const { canaries } = await this.#service.list({ namespaces: [] });
      for (const canary of canaries) {
        try {
          const unheard = await this.#consider(canary);
          if (unheard) {
            complain('debug', unheard);
          }
        } catch (error) {
          complain(
            'warn',
            `Owners of ${canary.ref} could not be told of their canary: ${error}`,
          );
        }
      }
    } catch (error) {
      complain('warn', `Owners could not be told of canaries: ${error}`);
    }
  }

  /** @returns why nobody hears of it, where there is something to tell */
  async #consider(canary: CanarySummary): Promise<string | undefined> {
    const { ref, owners } = canary;
    const notice = canaryNotice(canary);
    if (!notice || !this.#isNews(canary, notice)) {
      this.#seen.set(ref, notice?.key ?? NOTHING_TO_TELL);
      return undefined;
    }
    if (!owners || owners.length === 0) {
      // A catalog that is away or still reads may name an owner later.
      if (owners && !notice.needsSomeone) {
        this.#seen.set(ref, notice.key);
      }
      return `Nobody is told that ${notice.title}: ${
        owners
          ? `the catalog names no owner of ${ref}`
          : `owners of ${ref} are not known`
      }`;
    }
    if (await this.#claim(ref, notice.key)) {
      try {
        await this.#tell(canary, owners, notice);
      } catch (error) {
        // The next look, or the next backend, tries again.
        await this.#release(ref, notice.key);
        throw error;
      }
    }
    this.#seen.set(ref, notice.key);
    return undefined;
  }

  #isNews(canary: CanarySummary, { key, needsSomeone }: CanaryNotice): boolean {
    const before = this.#seen.get(canary.ref);
    if (before !== undefined) {
      return key !== before;
    }
    return needsSomeone || (canary.changedAt ?? '') > this.#since;
  }

  async #tell(
    { ref, reason, engineTitle }: CanarySummary,
    owners: string[],
    { title, severity }: CanaryNotice,
  ): Promise<void> {
    const { cluster, namespace } = parseRef(ref);
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: owners },
      payload: {
        title,
        description: `${reason} (${namespace} in ${cluster}, ${engineTitle})`,
        link: `/delivery?canary=${encodeURIComponent(ref)}`,
        severity,
        topic: 'canary',
        // The next word about the same canary takes this one's place.
        scope: `canary:${ref}`,
      },
    });
  }

  /** @returns false where it was told before, by whichever backend */
  async #claim(ref: string, fullKey: string): Promise<boolean> {
    const key = fullKey.slice(0, KEY_LENGTH);
    const now = this.#now();
    const inserted = await this.#database<NoticeRow>(TABLE)
      .insert({ ref, key, at: now.toISOString() })
      .onConflict(['ref', 'key'])
      .ignore()
      .returning('key');
    if (inserted.length === 0) {
      return false;
    }
    // The same version may finish again one day. An hour is longer than any
    // backend lags behind, so nothing is told twice for that.
    const hourAgo = new Date(now.getTime() - HOUR_MILLISECONDS).toISOString();
    await this.#database<NoticeRow>(TABLE)
      .where({ ref })
      .andWhere('at', '<', hourAgo)
      .andWhereNot({ key })
      .delete();
    return true;
  }

  async #release(ref: string, key: string): Promise<void> {
    await this.#database<NoticeRow>(TABLE)
      .where({ ref, key: key.slice(0, KEY_LENGTH) })
      .delete();
  }
}
