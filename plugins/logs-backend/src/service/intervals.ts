const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths that people read easily, in milliseconds. */
const NICE = [
  100,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  30 * DAY,
];

/** The shortest easy length that needs no more than so many buckets. */
export function intervalFor(milliseconds: number, most: number): number {
  return (
    NICE.find(length => milliseconds / length <= most) ??
    Math.ceil(milliseconds / most / DAY) * DAY
  );
}
