/** Writes quantities with their units. Unknown is a dash, never zero. @public */
export type Format = {
  /** `24.1/s` */
  rate(perSecond: number | undefined): string;
  /** `12.3 %` of a share 0..1 */
  percent(share: number | undefined): string;
  /** `842 ms`, `2.1 s` */
  milliseconds(value: number | undefined): string;
  /** `1.2 MB/s` */
  bytesPerSecond(value: number | undefined): string;
  /** `1,284` */
  number(value: number | undefined): string;
  /** `4 seconds ago` */
  ago(instant: string | number | Date, now: number): string;
  /** Hour and minute in the viewer's zone. */
  time(value: string | number | Date): string;
  /** Date and time in the viewer's zone. */
  instant(value: string | number | Date): string;
  /** Day and month, for scales of several days. */
  day(value: string | number | Date): string;
};

/** What stands for a value that is not known. @public */
export const UNKNOWN = '–';

/** Three significant digits at most, without an exponent. */
function digits(value: number): number {
  if (value >= 100) {
    return 0;
  }
  return value >= 10 ? 1 : 2;
}

const AGO_UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const formats = new Map<string, Format>();

/**
 * The format of a language; asking again gives the same one.
 *
 * @param language - a BCP 47 tag
 * @public
 */
export function createFormat(language: string): Format {
  let format = formats.get(language);
  if (!format) {
    format = makeFormat(language);
    formats.set(language, format);
  }
  return format;
}

function makeFormat(language: string): Format {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const dateTime = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const hourMinute = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const dayMonth = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
  });
  // Making one of these costs a hundred times what using it does.
  const decimals = new Map<number, Intl.NumberFormat>();
  const decimal = (value: number, maximumFractionDigits: number) => {
    let writer = decimals.get(maximumFractionDigits);
    if (!writer) {
      writer = new Intl.NumberFormat(language, { maximumFractionDigits });
      decimals.set(maximumFractionDigits, writer);
    }
    return writer.format(value);
  };
  const known = (value: number | undefined, write: (value: number) => string) =>
    value === undefined || !Number.isFinite(value) ? UNKNOWN : write(value);

  return {
    rate: value =>
      known(value, rate =>
        rate > 0 && rate < 0.01
          ? `< ${decimal(0.01, 2)}/s`
          : `${decimal(rate, digits(rate))}/s`,
      ),
    percent: share =>
      known(share, part => {
        const percent = part * 100;
        return percent > 0 && percent < 0.1
          ? `< ${decimal(0.1, 1)} %`
          : `${decimal(percent, percent < 99.95 ? 1 : 0)} %`;
      }),
    milliseconds: value =>
      known(value, duration =>
        duration < 1000
          ? `${decimal(duration, duration < 10 ? 1 : 0)} ms`
          : `${decimal(duration / 1000, duration < 10_000 ? 2 : 1)} s`,
      ),
    bytesPerSecond: value =>
      known(value, bytes => {
        const units = ['B', 'kB', 'MB', 'GB', 'TB'];
        let scaled = bytes;
        let unit = 0;
        while (scaled >= 1000 && unit < units.length - 1) {
          scaled /= 1000;
          unit += 1;
        }
        return `${decimal(scaled, digits(scaled))} ${units[unit]}/s`;
      }),
    number: value => known(value, number => decimal(number, digits(number))),
    ago: (instant, now) => {
      const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
      const [unit, size] =
        AGO_UNITS.find(([, length]) => Math.abs(seconds) >= length) ??
        AGO_UNITS[AGO_UNITS.length - 1];
      return relative.format(Math.trunc(seconds / size), unit);
    },
    time: value => hourMinute.format(new Date(value)),
    instant: value => dateTime.format(new Date(value)),
    day: value => dayMonth.format(new Date(value)),
  };
}
