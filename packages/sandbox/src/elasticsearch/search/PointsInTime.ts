import { createHash } from 'node:crypto';
import type { Clock } from '../../clock';
import { ElasticError, illegalArgument } from '../errors';

/** What a search sees that was begun earlier. */
export interface PointInTime {
  id: string;
  indices: readonly string[];
  /** Records that a search could find then, and no others. */
  openedAt: number;
  order: number;
  expiresAt: number;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
/** Points in time at once, as the real store's search contexts. */
const MOST_OPEN = 500;

/** Milliseconds of a time value of Elasticsearch, such as `1m`. */
export function timeValue(text: string, setting: string): number {
  const parts = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  if (!parts) {
    throw illegalArgument(
      `failed to parse setting [${setting}] with value [${text}] as a time value: unit is missing or unrecognized`,
    );
  }
  return Number(parts[1]) * UNITS[parts[2]];
}

/** Open points in time; those that nobody asked about for too long are gone. */
export class PointsInTime {
  readonly #open = new Map<string, PointInTime>();
  #opened = 0;

  constructor(private readonly clock: Clock) {}

  open(
    indices: readonly string[],
    order: number,
    keepAlive: string | null,
  ): PointInTime {
    if (keepAlive === null) {
      throw new ElasticError(
        400,
        'action_request_validation_exception',
        'Validation Failed: 1: [keep_alive] is not specified;',
      );
    }
    const now = this.clock.now();
    this.#forget(now);
    if (this.#open.size >= MOST_OPEN) {
      throw new ElasticError(
        429,
        'es_rejected_execution_exception',
        `Trying to create too many search contexts. Must be less than or equal to: [${MOST_OPEN}].`,
      );
    }
    const id = createHash('sha256')
      .update(`${now}/${++this.#opened}`)
      .digest('base64url');
    const point: PointInTime = {
      id,
      indices,
      openedAt: now,
      order,
      expiresAt: now + timeValue(keepAlive, 'keep_alive'),
    };
    this.#open.set(id, point);
    return point;
  }

  /** The point of an id, kept for longer when that is asked for. */
  find(id: string, keepAlive: string | undefined): PointInTime {
    const now = this.clock.now();
    this.#forget(now);
    const point = this.#open.get(id);
    if (!point) {
      throw new ElasticError(
        404,
        'search_context_missing_exception',
        `No search context found for id [${id.slice(0, 8)}]`,
      );
    }
    if (keepAlive !== undefined) {
      point.expiresAt = Math.max(
        point.expiresAt,
        now + timeValue(keepAlive, 'keep_alive'),
      );
    }
    return point;
  }

  /** @returns whether there was such a point */
  close(id: string): boolean {
    return this.#open.delete(id);
  }

  closeAll(): string[] {
    const ids = [...this.#open.keys()];
    this.#open.clear();
    return ids;
  }

  #forget(now: number): void {
    for (const [id, { expiresAt }] of this.#open) {
      if (expiresAt < now) this.#open.delete(id);
    }
  }
}
