const DAY_MS = 86_400_000;

type DatePart = (date: Date) => number;

const PARTS: readonly (readonly [string, DatePart])[] = [
  ['minute', date => date.getUTCMinutes()],
  ['hour', date => date.getUTCHours()],
  ['day_of_week', date => date.getUTCDay()],
  ['day_of_month', date => date.getUTCDate()],
  [
    'day_of_year',
    date =>
      Math.floor(
        (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS,
      ) + 1,
  ],
  [
    'days_in_month',
    date =>
      new Date(
        Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
      ).getUTCDate(),
  ],
  ['month', date => date.getUTCMonth() + 1],
  ['year', date => date.getUTCFullYear()],
];

/** Calendar functions in UTC over a time in seconds, by their PromQL names. */
export const TIME_PARTS: ReadonlyMap<string, (seconds: number) => number> =
  new Map(
    PARTS.map(([name, part]) => [
      name,
      (seconds: number) => part(new Date(Math.trunc(seconds) * 1000)),
    ]),
  );
