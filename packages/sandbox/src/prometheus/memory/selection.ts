import { compileAnchored } from '../promql/regex';
import type { LabelMatcher } from '../storage';
import { type FamilyTable, type NamedSeries, slotsOfRole } from './families';
import type { SeriesGroup } from './group';
import type { GroupTable } from './group-table';

type Test = (value: string) => boolean;

/** A matcher as a predicate over one label's value; a missing label is the empty text. */
export function matcherTest(matcher: LabelMatcher): Test {
  const { operator, value } = matcher;
  switch (operator) {
    case '=':
      return text => text === value;
    case '!=':
      return text => text !== value;
    case '=~':
      return compileAnchored(value);
    default: {
      const matches = compileAnchored(value);
      return text => !matches(text);
    }
  }
}

/** One label's matcher, its verdict per pair id remembered. */
class PairTest {
  readonly name: string;
  readonly matchesEmpty: boolean;
  readonly #test: Test;
  readonly #verdicts = new Map<number, boolean>();

  constructor(name: string, test: Test) {
    this.name = name;
    this.#test = test;
    this.matchesEmpty = test('');
  }

  accepts(pair: number, value: () => string): boolean {
    let verdict = this.#verdicts.get(pair);
    if (verdict === undefined) {
      verdict = this.#test(value());
      this.#verdicts.set(pair, verdict);
    }
    return verdict;
  }
}

/** Series of one name within a selection: candidate groups and the slots of each. */
export interface SelectedName {
  series: NamedSeries;
  /** Ids of groups that may match; check each with `Selection.accepts`. */
  candidates: Uint32Array;
  /** Slots of an accepted group, counted from its first. */
  slots: readonly number[];
}

/** What a list of matchers selects, resolved against the index but not yet read. */
export class Selection {
  readonly names: readonly SelectedName[];
  readonly #tests: readonly PairTest[];
  readonly #groups: GroupTable;

  constructor(
    groups: GroupTable,
    families: FamilyTable,
    matchers: readonly LabelMatcher[],
  ) {
    this.#groups = groups;
    const testsOf = (name: string) =>
      matchers.filter(one => one.name === name).map(matcherTest);
    const nameTests = testsOf('__name__');
    const boundTests = testsOf('le');
    const others = matchers.filter(
      one => one.name !== '__name__' && one.name !== 'le',
    );
    this.#tests = others.map(one => new PairTest(one.name, matcherTest(one)));
    this.names = this.#candidateNames(families, matchers)
      .filter(one => nameTests.every(test => test(one.name)))
      .map(series => ({
        series,
        candidates: this.#candidates(series, others),
        slots: this.#slots(series, boundTests),
      }))
      .filter(one => one.slots.length > 0 && one.candidates.length > 0);
  }

  /** Whether a candidate is of the metric asked for and matches every label matcher. */
  accepts(group: SeriesGroup, series: NamedSeries): boolean {
    if (group.family !== series.family) return false;
    const { interner } = this.#groups;
    for (const test of this.#tests) {
      let found = false;
      for (let index = 0; index < group.labelCount; index++) {
        const pair = this.#groups.pairAt(group, index);
        if (interner.nameOf(pair) === test.name) {
          if (!test.accepts(pair, () => interner.valueOf(pair))) return false;
          found = true;
          break;
        }
      }
      if (!found && !test.matchesEmpty) return false;
    }
    return true;
  }

  #candidateNames(
    families: FamilyTable,
    matchers: readonly LabelMatcher[],
  ): NamedSeries[] {
    const exact = matchers.find(
      one => one.name === '__name__' && one.operator === '=',
    );
    if (!exact) return [...families.seriesNames()];
    const series = families.resolve(exact.value);
    return series ? [series] : [];
  }

  /** The shortest list in the index that holds every match. */
  #candidates(
    series: NamedSeries,
    matchers: readonly LabelMatcher[],
  ): Uint32Array {
    let shortest = series.family.groups;
    for (const matcher of matchers) {
      if (matcher.operator !== '=' || matcher.value === '') continue;
      const pair = this.#groups.interner.find(matcher.name, matcher.value);
      const posting =
        pair === undefined ? undefined : this.#groups.posting(pair);
      if (!posting) return new Uint32Array(0);
      if (posting.length < shortest.length) shortest = posting;
    }
    return shortest.snapshot();
  }

  #slots(series: NamedSeries, boundTests: readonly Test[]): number[] {
    const { from, to } = slotsOfRole(series.family, series.role);
    const slots: number[] = [];
    for (let slot = from; slot < to; slot++) {
      const text =
        series.role === 'bucket' ? series.family.boundTexts[slot] : '';
      if (boundTests.every(test => test(text))) slots.push(slot);
    }
    return slots;
  }
}
