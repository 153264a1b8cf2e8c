import { Pacer } from '../engine/pacer';
import type { SeriesGroup } from '../memory/group';
import { Selection, type SelectedName } from '../memory/selection';
import type { MemoryStorage } from '../memory/memory-storage';
import { WindowReader } from '../memory/window-reader';
import type { LabelMatcher } from '../storage';

/** What to look for, and when. */
export interface SeriesQuestion {
  /** Selectors; a series is wanted that matches any of them. */
  matcherSets: readonly (readonly LabelMatcher[])[];
  fromMs: number;
  toMs: number;
}

/** Longest time one listing may take. */
const TIMEOUT_MS = 120_000;

/** Matches every series. */
const EVERYTHING: readonly LabelMatcher[] = [
  { name: '__name__', operator: '=~', value: '.+' },
];

/**
 * Visits the groups that have a sample in the span, once per series name,
 * with the slots that match. `visit` answers false to stop.
 */
export async function walkSeries(
  storage: MemoryStorage,
  question: SeriesQuestion,
  visit: (group: SeriesGroup, selected: SelectedName) => boolean | void,
): Promise<void> {
  const pacer = new Pacer(TIMEOUT_MS);
  const reader = new WindowReader(storage, question.fromMs, question.toMs);
  const sets =
    question.matcherSets.length > 0 ? question.matcherSets : [EVERYTHING];
  const seen = new Set<string>();
  for (const matchers of sets) {
    const selection = new Selection(storage.groups, storage.families, matchers);
    for (const selected of selection.names) {
      const { series, candidates } = selected;
      for (const id of candidates) {
        if (pacer.spend(16)) await pacer.pause();
        const group = storage.groups.get(id);
        if (!group || !selection.accepts(group, series)) continue;
        if (pacer.spend(reader.pastCost(group))) await pacer.pause();
        if (!reader.has(group)) continue;
        const slots =
          sets.length === 1
            ? selected.slots
            : selected.slots.filter(slot => isNew(seen, series.name, id, slot));
        if (slots.length === 0) continue;
        if (visit(group, { ...selected, slots }) === false) return;
      }
    }
  }
}

/** Several selectors may find one series: it is listed once. */
function isNew(
  seen: Set<string>,
  name: string,
  id: number,
  slot: number,
): boolean {
  const key = `${name} ${id} ${slot}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
