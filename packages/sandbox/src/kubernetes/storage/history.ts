import type { ObjectChange } from '../store';

/** A change with the revision that made it. */
export interface RecordedChange extends ObjectChange {
  revision: number;
}

/**
 * The latest changes of one resource. What fell out can no longer be watched
 * from, as after etcd's compaction.
 */
export class ChangeHistory {
  readonly #limit: number;
  #changes: RecordedChange[] = [];
  #compacted: number;

  constructor(limit: number, revision: number) {
    this.#limit = limit;
    this.#compacted = revision;
  }

  /** Revisions below this one cannot be resumed from or read again. */
  get compacted(): number {
    return this.#compacted;
  }

  record(change: RecordedChange): void {
    this.#changes.push(change);
    // Trimming in large steps keeps the cost of one change constant.
    if (this.#changes.length >= this.#limit * 1.25) {
      const removed = this.#changes.splice(
        0,
        this.#changes.length - this.#limit,
      );
      this.#compacted = removed[removed.length - 1].revision;
    }
  }

  /** Forgets everything up to a revision. */
  compact(revision: number): void {
    this.#changes = this.#changes.filter(change => change.revision > revision);
    this.#compacted = Math.max(this.#compacted, revision);
  }

  /** Changes after a revision, oldest first. */
  since(revision: number): RecordedChange[] {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#changes[middle].revision <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#changes.slice(low);
  }
}
