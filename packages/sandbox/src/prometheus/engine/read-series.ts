import type { NamedSeries } from '../memory/families';
import type { SeriesGroup } from '../memory/group';
import { Selection } from '../memory/selection';
import { SampleBuffer, WindowReader } from '../memory/window-reader';
import type { LabelMatcher } from '../storage';
import type { EvaluationContext } from './context';
import type { LabelSet } from './query-labels';

/** Called for each selected series that has samples. The buffer is reused: do not keep it. */
export type SeriesVisitor = (
  labels: (withName: boolean) => LabelSet,
  samples: SampleBuffer,
) => void;

/** What to read: a span, or only the newest sample in it. */
export interface ReadSpan {
  fromMs: number;
  toMs: number;
  latestOnly: boolean;
}

function labelsOf(
  context: EvaluationContext,
  group: SeriesGroup,
  series: NamedSeries,
  slot: number,
  withName: boolean,
): LabelSet {
  const { labels, storage } = context;
  const result: number[] = [];
  const extra: number[] = [];
  if (withName) extra.push(labels.pair('__name__', series.name));
  if (series.role === 'bucket') {
    extra.push(labels.pair('le', series.family.boundTexts[slot]));
  }
  for (let index = 0; index < group.labelCount; index++) {
    const pair = labels.adopt(storage.groups.pairAt(group, index));
    const name = labels.nameOf(pair);
    while (extra.length > 0 && labels.nameOf(extra[0]) < name) {
      result.push(extra[0]);
      extra.shift();
    }
    result.push(pair);
  }
  result.push(...extra);
  return result;
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
  const reader = new WindowReader(storage, span.fromMs, span.toMs);
  const buffer = new SampleBuffer();
  for (const { series, candidates, slots } of selection.names) {
    for (const id of candidates) {
      if (pacer.spend(8)) await pacer.pause();
      const group = storage.groups.get(id);
      if (!group || !selection.accepts(group, series)) continue;
      for (const slot of slots) {
        if (span.latestOnly) reader.readLatest(group, slot, buffer);
        else reader.read(group, slot, buffer);
        if (buffer.length > 0) {
          visit(
            withName => labelsOf(context, group, series, slot, withName),
            buffer,
          );
        }
        if (pacer.spend(8 + buffer.length)) await pacer.pause();
      }
    }
  }
}
