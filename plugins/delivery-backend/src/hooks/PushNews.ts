import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod';

const TOPIC = 'orrery.delivery.push';
const payloadSchema = z.object({ project: z.string() });

/**
 * Passes on that a project was pushed to. GitLab calls one backend, while
 * those who look may be at another: with Backstage's events backend all hear
 * of it, without it the one that was called does.
 */
export class PushNews {
  readonly #events: EventsService;
  readonly #logger: Pick<LoggerService, 'warn'>;

  constructor(options: {
    events: EventsService;
    logger: Pick<LoggerService, 'warn'>;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
  }

  /** Listens from now on. */
  listen(onPush: (project: string) => void): Promise<void> {
    const subscribed = this.#events.subscribe({
      // Of subscribers of one name only one is told; here it is all of them.
      id: `pushes-${randomUUID()}`,
      topics: [TOPIC],
      onEvent: async ({ eventPayload }) => {
        const result = payloadSchema.safeParse(eventPayload);
        if (result.success) {
          onPush(result.data.project);
        }
      },
    });
    return subscribed.catch((error: unknown) =>
      this.#logger.warn(`Pushes are not heard of: ${error}`),
    );
  }

  /** Tells of a push; GitLab is not kept waiting for others. */
  tell(project: string): void {
    this.#events
      .publish({ topic: TOPIC, eventPayload: { project } })
      .catch((error: unknown) =>
        this.#logger.warn(`A push to ${project} was not passed on: ${error}`),
      );
  }
}
