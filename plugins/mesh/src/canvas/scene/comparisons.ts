import type { ViewGraph } from '../levels';
import { STRIDE, type Steps } from '../slices';
import type { ComparisonMark } from './types';

/** How nodes and edges differ from another moment, by their ids. @public */
export type MarksOf = (id: string) => ComparisonMark | undefined;

/** What is most worth telling of several differences. */
const BY_WEIGHT: readonly ComparisonMark[] = [
  'more-errors',
  'slower',
  'gone',
  'added',
  'fewer-errors',
  'faster',
];

/** The difference that is told of things that are drawn as one. */
export function weightiest(
  ids: readonly string[],
  marksOf: MarksOf,
): ComparisonMark | undefined {
  const found = new Set(ids.map(marksOf));
  return BY_WEIGHT.find(mark => found.has(mark));
}

/** What differs, by the mark in which it shows: a closed box tells of what is in it. */
export function* comparisonSteps(
  view: ViewGraph,
  marksOf: MarksOf,
): Steps<ReadonlyMap<string, ComparisonMark>> {
  const found = new Map<string, Set<ComparisonMark>>();
  let index = 0;
  for (const id of view.hierarchy.groupOf.keys()) {
    index += 1;
    if (index % STRIDE === 0) {
      yield;
    }
    const mark = marksOf(id);
    const place = view.markOf(id);
    if (mark && place !== undefined) {
      found.set(place, (found.get(place) ?? new Set()).add(mark));
    }
  }
  const weightiestOf = new Map<string, ComparisonMark>();
  for (const [place, marks] of found) {
    const mark = BY_WEIGHT.find(one => marks.has(one));
    if (mark) {
      weightiestOf.set(place, mark);
    }
  }
  return weightiestOf;
}
