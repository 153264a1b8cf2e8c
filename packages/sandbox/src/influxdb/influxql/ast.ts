/** What a column of a query is. */
export type Expression =
  | { type: 'field'; name: string }
  | { type: 'duration'; milliseconds: number }
  | { type: 'number'; value: number }
  | { type: 'call'; name: string; args: Expression[] };

/** What a point's tags must be. */
export type Condition =
  | { type: 'and' | 'or'; left: Condition; right: Condition }
  | { type: 'equals'; tag: string; value: string; negated: boolean }
  | { type: 'matches'; tag: string; expression: RegExp; negated: boolean }
  | { type: 'always' };

/** A query of one measurement, or of another query. */
export interface Select {
  columns: { expression: Expression; alias: string }[];
  source: { measurement: string } | { query: Select };
  condition: Condition;
  /** Milliseconds since the Unix epoch, both included; infinite where not said. */
  from: number;
  to: number;
  /** Length of a bucket in milliseconds. */
  interval?: number;
  /** Tags that tell series apart; all of them with `*`. */
  tags: string[] | '*';
  fill: 'null' | 'none' | 'previous' | number;
  limit: number;
  descending: boolean;
}

/** A statement. */
export type Statement =
  | { type: 'select'; select: Select }
  | { type: 'show'; what: 'databases' | 'measurements' | 'retention policies' }
  | { type: 'tag keys'; measurement?: string }
  | { type: 'tag values'; measurement?: string; key: string };

/** A query that cannot be read, in InfluxDB's words. */
export class InfluxSyntaxError extends Error {}
