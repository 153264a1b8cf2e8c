import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  TimeMark,
  TimeMarkQuery,
} from '@orrery/backstage-plugin-orrery-common';

/** Marks that one domain knows of. @public */
export type TimeMarkProvider = {
  /** Names the domain where its marks cannot be had. */
  title: string;
  /** Rejects with what is wrong in words. */
  read(query: TimeMarkQuery): Promise<TimeMark[]>;
};

/** Marks of all domains; those of some are missing when one could not be read. @public */
export type TimeMarks = {
  /** The earliest first. */
  marks: TimeMark[];
  problems: { title: string; reason: string }[];
};

/**
 * What happened, for charts and time lines.
 *
 * @public
 */
export interface TimeMarksApi {
  /** Never rejects: a domain that fails is among the problems. */
  read(query: TimeMarkQuery): Promise<TimeMarks>;
}

/** @public */
export const timeMarksApiRef = createApiRef<TimeMarksApi>().with({
  id: 'plugin.orrery.time-marks',
  pluginId: 'orrery',
});

/** Asks all providers at once. @public */
export class CollectedTimeMarks implements TimeMarksApi {
  readonly #providers: readonly TimeMarkProvider[];

  constructor(providers: readonly TimeMarkProvider[]) {
    this.#providers = providers;
  }

  async read(query: TimeMarkQuery): Promise<TimeMarks> {
    const results = await Promise.allSettled(
      this.#providers.map(provider => provider.read(query)),
    );
    const { fromMilliseconds, toMilliseconds } = query;
    return {
      marks: results
        .flatMap((result, index) =>
          result.status === 'fulfilled'
            ? result.value.map(mark => ({ ...mark, id: `${index} ${mark.id}` }))
            : [],
        )
        .filter(
          ({ atMilliseconds }) =>
            atMilliseconds >= fromMilliseconds &&
            atMilliseconds <= toMilliseconds,
        )
        .sort((left, right) => left.atMilliseconds - right.atMilliseconds),
      problems: results.flatMap((result, index) =>
        result.status === 'rejected'
          ? [
              {
                title: this.#providers[index].title,
                reason:
                  result.reason instanceof Error
                    ? result.reason.message
                    : String(result.reason),
              },
            ]
          : [],
      ),
    };
  }
}
