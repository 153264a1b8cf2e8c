import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';
import { parseRef } from '@orrery/backstage-plugin-orrery-common';
import type { Knex } from 'knex';
import type { CanaryService } from './CanaryService';

type NoticeRow = { ref: string; key: string; at: string };

type Notice = { key: string; title: string; severity: 'high' | 'normal' };

/** What owners want to hear of: a canary that waits for them, went back, or is done. */
function noticeOf(canary: CanarySummary): Notice | undefined {
  const { app, canaryVersion, phase, waitsFor, changedAt, stepIndex } = canary;
  const version = canaryVersion ?? canary.stableVersion;
  const moment = `${changedAt ?? ''} ${version} ${stepIndex ?? ''}`;
  if (waitsFor?.for === 'approval') {
    return {
      key: `waits ${moment}`,
      title: `${app} ${version} waits for an approval`,
      severity: 'normal',
    };
  }
  switch (phase) {
    case 'Aborted':
      return {
        key: `aborted ${moment}`,
        title: `${app} ${version} was aborted`,
        severity: 'high',
      };
    case 'Failed':
      return {
        key: `failed ${moment}`,
        title: `${app} ${version} needs someone to look`,
        severity: 'high',
      };
    case 'Done':
      return {
        key: `done ${version}`,
        title: `${app} ${version} has all traffic`,
        severity: 'normal',
      };
    default:
      return undefined;
  }
}

/**
 * Tells the owners of a canary when it waits for them, aborts or finishes:
 * once, however many backends look. What was so when a backend first looked
 * is old news.
 */
export class CanaryNotifier {
  readonly #service: CanaryService;
  readonly #notifications: NotificationService;
  readonly #database: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #seen = new Map<string, string | undefined>();

  constructor(options: {
    service: CanaryService;
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
  }

  /** Looks at all canaries and tells what is new. Never throws. */
  async look(): Promise<void> {
    try {
      const { canaries } = await this.#service.list({ namespaces: [] });
      for (const canary of canaries) {
        await this.#consider(canary);
      }
    } catch (error) {
      this.#logger.warn(`Owners could not be told of canaries: ${error}`);
    }
  }

  async #consider(canary: CanarySummary): Promise<void> {
    const notice = noticeOf(canary);
    const isKnown = this.#seen.has(canary.ref);
    const before = this.#seen.get(canary.ref);
    this.#seen.set(canary.ref, notice?.key);
    // A canary that is at rest when it is first seen has nothing to tell.
    const isOld = !isKnown && canary.waitsFor === undefined;
    if (!notice || notice.key === before || isOld) {
      return;
    }
    const { owners = [] } = canary;
    if (owners.length === 0 || !(await this.#isFirst(canary.ref, notice.key))) {
      return;
    }
    const { namespace } = parseRef(canary.ref);
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: owners },
      payload: {
        title: notice.title,
        description: `${canary.reason} (${namespace}, ${canary.engineTitle})`,
        link: `/delivery?canary=${encodeURIComponent(canary.ref)}`,
        severity: notice.severity,
        topic: 'canary',
        // The next word about the same canary takes this one's place.
        scope: `canary:${canary.ref}`,
      },
    });
  }

  async #isFirst(ref: string, key: string): Promise<boolean> {
    const row = { ref, key: key.slice(0, 200), at: this.#now().toISOString() };
    const inserted = await this.#database<NoticeRow>('canary_notices')
      .insert(row)
      .onConflict(['ref', 'key'])
      .ignore()
      .returning('key');
    return inserted.length > 0;
  }
}
