/** What happened, by the words of the visual language. @public */
export const TIME_MARK_KINDS = [
  'deploy',
  'canary',
  'config',
  'alarm',
  'restart',
  'other',
] as const;

/** @public */
export type TimeMarkKind = (typeof TIME_MARK_KINDS)[number];

/**
 * Something that happened, to be drawn on charts and time lines.
 *
 * @public
 */
export type TimeMark = {
  /** Unique among the marks of its provider. */
  id: string;
  /** Milliseconds since the Unix epoch. */
  atMilliseconds: number;
  kind: TimeMarkKind;
  /** What happened, in one line. */
  title: string;
  /** Who, why and how it ended. */
  detail?: string;
  /** Whether it went wrong. */
  isBad?: boolean;
  /** Where to read more, inside the portal. */
  href?: string;
};

/** What marks are wanted for. @public */
export type TimeMarkQuery = {
  /** Milliseconds since the Unix epoch. */
  fromMilliseconds: number;
  toMilliseconds: number;
  /** Absent means all clusters. */
  cluster?: string;
  /** None mean all. */
  namespaces: readonly string[];
};
