import { setTimeout } from 'node:timers/promises';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  actionPreviewSchema,
  activitySchema,
  type ActionPreview,
  type Activity,
} from '@orrery/backstage-plugin-orrery-common';
import type { PortalClient } from './PortalClient';

/** One write of a plugin. */
export type Work = {
  plugin: string;
  action: string;
  input: Record<string, unknown>;
  /** What a person has typed already, such as the name of the service. */
  typed?: string;
};

/** Who does it, why, and where it is told. */
export type WorkContext = {
  credentials: BackstageCredentials;
  reason: string;
  /** Equal keys are equal runs, also after a restart. */
  key: string;
  logger: Pick<LoggerService, 'info' | 'warn'>;
  signal?: AbortSignal;
  /** The activity by which a second person consented to all of it. */
  consent?: string;
};

const POLL_MILLISECONDS = 1000;
/** A run that nobody tells of any more was cut off with its backend. */
const SILENT_MILLISECONDS = 45_000;
const MOST_ATTEMPTS = 20;
/** Runs that began before this backend may have been cut off with the last. */
const BOOTED_AT = Date.now() - process.uptime() * 1000;

const OPEN = new Set<Activity['state']>(['waiting', 'running']);

/**
 * Runs actions of other plugins as any person would: preview, run, and wait
 * until the effect is seen. A run that was cut off is made again, for every
 * action may be repeated without harm.
 */
export class ActionClient {
  readonly #portal: PortalClient;
  readonly #pollMilliseconds: number;
  readonly #silentMilliseconds: number;

  constructor(
    portal: PortalClient,
    options: { pollMilliseconds?: number; silentMilliseconds?: number } = {},
  ) {
    this.#portal = portal;
    this.#pollMilliseconds = options.pollMilliseconds ?? POLL_MILLISECONDS;
    this.#silentMilliseconds =
      options.silentMilliseconds ?? SILENT_MILLISECONDS;
  }

  /** What it would do. Nothing is changed. */
  preview(
    work: Work,
    { credentials, signal }: Pick<WorkContext, 'credentials' | 'signal'>,
  ): Promise<ActionPreview> {
    return this.#portal.post(
      work.plugin,
      `/actions/${encodeURIComponent(work.action)}/preview`,
      { input: work.input },
      actionPreviewSchema,
      credentials,
      signal,
    );
  }

  /**
   * Does it, and waits for a second person where one is needed.
   *
   * @returns the activity that succeeded
   * @throws Error with the activity's own words where it did not
   */
  async perform(work: Work, context: WorkContext): Promise<Activity> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const startedAt = Date.now();
      const begun = await this.#run(work, context, attempt);
      const isOld = Date.parse(begun.startedAt) < startedAt - 60_000;
      if (!OPEN.has(begun.state) && begun.state !== 'succeeded' && isOld) {
        // That is how an earlier attempt ended.
        continue;
      }
      const ended = await this.#follow(begun, context);
      if (ended === 'silent') {
        context.logger.warn('It was cut off and is made again');
        continue;
      }
      if (ended.state !== 'succeeded') {
        throw new Error(`${ended.summary}: ${ended.state}. ${ended.message}`);
      }
      return ended;
    }
    throw new Error(`${work.action} was tried ${MOST_ATTEMPTS} times`);
  }

  async #run(
    work: Work,
    context: WorkContext,
    attempt: number,
  ): Promise<Activity> {
    const { credentials, reason, key, logger, signal, consent } = context;
    const preview = await this.preview(work, context);
    logger.info(preview.summary);
    preview.warnings.forEach(({ message }) => logger.warn(message));
    return this.#portal.post(
      work.plugin,
      `/actions/${encodeURIComponent(work.action)}/run`,
      {
        input: work.input,
        reason: reason.slice(0, 500),
        resourceVersion: preview.resourceVersion,
        idempotencyKey: `${key}:${attempt}`,
        ...(work.typed !== undefined && { typedConfirmation: work.typed }),
        ...(consent !== undefined && { underConsent: consent }),
      },
      activitySchema,
      credentials,
      signal,
    );
  }

  /** Tells what it waits for, until it is over. */
  async #follow(
    begun: Activity,
    { credentials, logger, signal }: WorkContext,
  ): Promise<Activity | 'silent'> {
    let activity = begun;
    let told = '';
    let changedAt = Date.now();
    for (;;) {
      if (activity.message !== told) {
        told = activity.message;
        changedAt = Date.now();
        logger.info(told);
      }
      if (!OPEN.has(activity.state)) {
        return activity;
      }
      const isSilent =
        activity.state === 'running' &&
        Date.now() - changedAt > this.#silentMilliseconds &&
        Date.parse(activity.startedAt) < BOOTED_AT;
      if (isSilent) {
        return 'silent';
      }
      await setTimeout(this.#pollMilliseconds, undefined, { signal });
      activity = await this.#portal.get(
        'orrery',
        `/activity/${encodeURIComponent(activity.id)}`,
        activitySchema,
        credentials,
        signal,
      );
    }
  }
}
