import type {
  LabelMatcher,
  Labels,
  Queryable,
  SeriesSamples,
} from '../storage';
import type { NamedSeries } from './families';
import type { SeriesGroup } from './group';
import type { MemoryStorage } from './memory-storage';
import { Selection } from './selection';
import { SampleBuffer } from './sample-buffer';
import { WindowReader } from './window-reader';

/** The labels of one series of a group, name and bucket bound included. */
export function labelsOfSeries(
  storage: MemoryStorage,
  group: SeriesGroup,
  series: NamedSeries,
  slot: number,
): Labels {
  const { interner } = storage.groups;
  const labels: Record<string, string> = { __name__: series.name };
  for (let index = 0; index < group.labelCount; index++) {
    const pair = storage.groups.pairAt(group, index);
    labels[interner.nameOf(pair)] = interner.valueOf(pair);
  }
  if (series.role === 'bucket') labels.le = series.family.boundTexts[slot];
  return labels;
}

/** One selected series with its samples in a buffer that the next one overwrites. */
export interface VisitedSeries {
  group: SeriesGroup;
  series: NamedSeries;
  slot: number;
  samples: SampleBuffer;
}

/** Walks the series that match and have a sample in [fromMs, toMs]. */
export function* visitSeries(
  storage: MemoryStorage,
  matchers: readonly LabelMatcher[],
  fromMs: number,
  toMs: number,
): Generator<VisitedSeries> {
  const selection = new Selection(storage.groups, storage.families, matchers);
  const reader = new WindowReader(storage, fromMs, toMs);
  const samples = new SampleBuffer();
  for (const { series, candidates, slots } of selection.names) {
    for (const id of candidates) {
      const group = storage.groups.get(id);
      if (!group || !selection.accepts(group, series)) continue;
      for (const slot of slots) {
        reader.read(group, slot, samples);
        samples.dropStale();
        if (samples.length > 0) yield { group, series, slot, samples };
      }
    }
  }
}

/** Plain, synchronous reading of a storage. Large answers belong to the query engine, which pauses. */
export class MemoryQueryable implements Queryable {
  readonly #storage: MemoryStorage;

  constructor(storage: MemoryStorage) {
    this.#storage = storage;
  }

  select(
    matchers: readonly LabelMatcher[],
    fromMs: number,
    toMs: number,
  ): SeriesSamples[] {
    const result: SeriesSamples[] = [];
    for (const one of visitSeries(this.#storage, matchers, fromMs, toMs)) {
      const { group, series, slot, samples } = one;
      result.push({
        labels: labelsOfSeries(this.#storage, group, series, slot),
        timestamps: samples.times.slice(0, samples.length),
        values: samples.values.slice(0, samples.length),
      });
    }
    return result;
  }

  series(
    matchers: readonly LabelMatcher[],
    fromMs: number,
    toMs: number,
  ): Labels[] {
    const result: Labels[] = [];
    for (const one of visitSeries(this.#storage, matchers, fromMs, toMs)) {
      result.push(
        labelsOfSeries(this.#storage, one.group, one.series, one.slot),
      );
    }
    return result;
  }
}
