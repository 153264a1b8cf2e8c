const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes with a unit of powers of ten, such as `84.2 MB`. */
export function formatBytes(bytes: number): string {
  let scaled = bytes;
  let unit = 0;
  while (scaled >= 1000 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${
    scaled < 100 && unit > 0 ? scaled.toFixed(1) : Math.round(scaled)
  } ${UNITS[unit]}`;
}
