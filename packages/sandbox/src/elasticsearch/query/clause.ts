import type { Field, FieldValue } from '../fields/fields';
import type { LogRecord } from '../records/LogRecord';
import type { HighlightTerms } from './HighlightTerms';

/** Whether a record matches. */
export type Test = (record: LogRecord) => boolean;

/** One compiled query. */
export interface Clause {
  test: Test;
  /** How dear a test is; conjunctions ask the cheap ones first. */
  cost: number;
  /** What matches is within these instants, milliseconds since the Unix epoch, both included. */
  from: number;
  to: number;
}

/** What compiling needs to know. */
export interface QueryContext {
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** An index to blame in errors. */
  index: string;
  fields: readonly Field[];
  field(name: string): Field | undefined;
  /** Collects what to mark in hits; undefined below a negation. */
  highlights?: HighlightTerms;
}

/** A clause that says nothing about time. */
export function clause(test: Test, cost: number): Clause {
  return { test, cost, from: -Infinity, to: Infinity };
}

export const matchAll: Clause = clause(() => true, 0);

export const matchNone: Clause = clause(() => false, 0);

/** Asks a field's value; what all lines of a container share is asked once for each container. */
export function onField(
  field: Field,
  check: (value: FieldValue) => boolean,
): Clause {
  const { read } = field;
  const test: Test = record => {
    const value = read(record);
    return value !== undefined && check(value);
  };
  if (!field.perOrigin) return clause(test, 2);
  const answers: boolean[] = [];
  return clause(record => {
    const { index } = record.origin;
    return (answers[index] ??= test(record));
  }, 1);
}

/** All of some clauses. */
export function allOf(clauses: readonly Clause[]): Clause {
  if (clauses.length === 0) return matchAll;
  if (clauses.length === 1) return clauses[0];
  const tests = [...clauses]
    .sort((first, other) => first.cost - other.cost)
    .map(({ test }) => test);
  return {
    test: record => {
      for (const test of tests) if (!test(record)) return false;
      return true;
    },
    cost: Math.max(...clauses.map(({ cost }) => cost)),
    from: Math.max(...clauses.map(({ from }) => from)),
    to: Math.min(...clauses.map(({ to }) => to)),
  };
}

/** At least so many of some clauses. */
export function atLeast(clauses: readonly Clause[], count: number): Clause {
  if (count <= 0) return matchAll;
  if (clauses.length < count) return matchNone;
  const tests = clauses.map(({ test }) => test);
  return {
    test: record => {
      let found = 0;
      for (const test of tests) {
        if (test(record) && ++found >= count) return true;
      }
      return false;
    },
    cost: Math.max(...clauses.map(({ cost }) => cost)),
    from: Math.min(...clauses.map(({ from }) => from)),
    to: Math.max(...clauses.map(({ to }) => to)),
  };
}

/** What a clause does not match. */
export function not({ test, cost }: Clause): Clause {
  return clause(record => !test(record), cost);
}
