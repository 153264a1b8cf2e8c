import { formatFloat } from '../number-format';
import type { MetricType } from '../storage';
import { PostingList } from './postings';

/** Which series of a family a name stands for. */
export type SeriesRole = 'value' | 'bucket' | 'sum' | 'count';

/** One declared metric: its text, and the groups (label sets) that report it. */
export interface MetricFamily {
  name: string;
  type: MetricType;
  help: string;
  /** Upper bounds of the buckets as label text, the last being `+Inf`; empty unless a histogram. */
  boundTexts: readonly string[];
  /** Samples per label set: 1, or buckets + 1 (sum) for a histogram. */
  slots: number;
  groups: PostingList;
}

/** A series name with the family and the role it resolves to. */
export interface NamedSeries {
  name: string;
  family: MetricFamily;
  role: SeriesRole;
}

/** The declared metrics, found by any of the series names they expose. */
export class FamilyTable {
  readonly #families = new Map<string, MetricFamily>();
  readonly #names = new Map<string, NamedSeries>();

  /** Declares a metric; saying it again with the same shape changes only the help text. */
  declare(
    name: string,
    type: MetricType,
    help: string,
    bounds: readonly number[] = [],
  ): MetricFamily {
    const boundTexts =
      type === 'histogram' ? [...bounds, Infinity].map(formatFloat) : [];
    const known = this.#families.get(name);
    if (known) {
      if (
        known.type !== type ||
        known.boundTexts.join() !== boundTexts.join()
      ) {
        throw new Error(
          `metric ${name} is declared as ${known.type} [${known.boundTexts}] and again as ${type} [${boundTexts}]`,
        );
      }
      known.help = help;
      return known;
    }
    const family: MetricFamily = {
      name,
      type,
      help,
      boundTexts,
      slots: type === 'histogram' ? boundTexts.length + 1 : 1,
      groups: new PostingList(),
    };
    this.#families.set(name, family);
    if (type === 'histogram') {
      this.#add(`${name}_bucket`, family, 'bucket');
      this.#add(`${name}_sum`, family, 'sum');
      this.#add(`${name}_count`, family, 'count');
    } else {
      this.#add(name, family, 'value');
    }
    return family;
  }

  get(name: string): MetricFamily | undefined {
    return this.#families.get(name);
  }

  /** The family and role of a series name such as `x_bucket`. */
  resolve(seriesName: string): NamedSeries | undefined {
    return this.#names.get(seriesName);
  }

  all(): Iterable<MetricFamily> {
    return this.#families.values();
  }

  seriesNames(): Iterable<NamedSeries> {
    return this.#names.values();
  }

  #add(name: string, family: MetricFamily, role: SeriesRole): void {
    if (this.#names.has(name)) {
      throw new Error(`series name ${name} belongs to two metrics`);
    }
    this.#names.set(name, { name, family, role });
  }
}

/** The slots, counted from a group's first, that a role covers. */
export function slotsOfRole(
  family: MetricFamily,
  role: SeriesRole,
): { from: number; to: number } {
  const buckets = family.boundTexts.length;
  switch (role) {
    case 'bucket':
      return { from: 0, to: buckets };
    case 'count':
      // The +Inf bucket counts every observation: one slot serves both series.
      return { from: buckets - 1, to: buckets };
    case 'sum':
      return { from: buckets, to: buckets + 1 };
    default:
      return { from: 0, to: 1 };
  }
}
