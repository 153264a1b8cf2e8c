import type { NamedSeries } from '../memory/families';
import type { SeriesGroup } from '../memory/group';
import { Selection } from '../memory/selection';
import { SampleBuffer } from '../memory/sample-buffer';
import { WindowReader } from '../memory/window-reader';
import type { LabelMatcher } from '../storage';
import type { EvaluationContext } from './context';
import type { LabelSet } from './query-labels';

/** Reads a series' labels, with or without its name. The set is reused: copy it to keep it. */
export type LabelsOf = (withName: boolean) => LabelSet;

/** Called for each selected series that has samples. The buffer is reused: do not keep it. */
export type SeriesVisitor = (labels: LabelsOf, samples: SampleBuffer) => void;

/** What to read: a span, or only the newest sample in it. */
export interface ReadSpan {
  fromMs: number;
  toMs: number;
  latestOnly: boolean;
  /** Instants at which the time before storage began is looked at. */
  pastTimes: Float64Array;
}

/** Builds the label sets of one series after another in the same array. */
class LabelBuilder {
  readonly #context: EvaluationContext;
  readonly #result: number[] = [];
  #extra: number[] = [];

  constructor(context: EvaluationContext) {
    this.#context = context;
  }

  build(
    group: SeriesGroup,
    series: NamedSeries,
    slot: number,
    withName: boolean,
  ): LabelSet {
    const { labels, storage } = this.#context;
    const result = this.#result;
    result.length = 0;
    this.#extra = [];
    if (withName) this.#extra.push(labels.pair('__name__', series.name));
    if (series.role === 'bucket') {
      this.#extra.push(labels.pair('le', series.family.boundTexts[slot]));
    }
    let placed = 0;
    for (let index = 0; index < group.labelCount; index++) {
      const pair = labels.adopt(storage.groups.pairAt(group, index));
      while (
        placed < this.#extra.length &&
        labels.nameOf(this.#extra[placed]) < labels.nameOf(pair)
      ) {
        result.push(this.#extra[placed]);
        placed += 1;
      }
      result.push(pair);
    }
    for (; placed < this.#extra.length; placed++) {
      result.push(this.#extra[placed]);
    }
    return result;
  }
}

/** Reads every series the matchers select, pausing as often as it must. */
export async function readSeries(
  context: EvaluationContext,
  matchers: readonly LabelMatcher[],
  span: ReadSpan,
  visit: SeriesVisitor,
): Promise<void> {
  const { storage, pacer } = context;
  const selection = new Selection(storage.groups, storage.families, matchers);
  const reader = new WindowReader(
    storage,
    span.fromMs,
    span.toMs,
    span.pastTimes,
  );
  const buffer = new SampleBuffer();
  const builder = new LabelBuilder(context);
  for (const { series, candidates, slots } of selection.names) {
    for (const id of candidates) {
      if (pacer.spend(8)) await pacer.pause();
      const group = storage.groups.get(id);
      if (!group || !selection.accepts(group, series)) continue;
      if (pacer.spend(reader.pastCost(group))) await pacer.pause();
      for (const slot of slots) {
        if (span.latestOnly) reader.readLatest(group, slot, buffer);
        else reader.read(group, slot, buffer);
        if (buffer.length > 0) {
          visit(
            withName => builder.build(group, series, slot, withName),
            buffer,
          );
        }
        if (pacer.spend(8 + buffer.length)) await pacer.pause();
      }
    }
  }
}
