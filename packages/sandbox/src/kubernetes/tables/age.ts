/** A span of seconds the way kubectl shortens it: `45s`, `5m12s`, `3h`, `12d`. */
export function shortDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 120) {
    return `${whole}s`;
  }
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) {
    return pair(minutes, 'm', whole % 60, 's');
  }
  if (minutes < 180) {
    return `${minutes}m`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 8) {
    return pair(hours, 'h', minutes % 60, 'm');
  }
  if (hours < 48) {
    return `${hours}h`;
  }
  const days = Math.floor(hours / 24);
  if (days < 8) {
    return pair(days, 'd', hours % 24, 'h');
  }
  if (days < 730) {
    return `${days}d`;
  }
  const years = Math.floor(days / 365);
  return years < 8 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

function pair(
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  return small === 0
    ? `${large}${largeUnit}`
    : `${large}${largeUnit}${small}${smallUnit}`;
}

/** Age of an instant in RFC 3339 as short text. */
export function age(instant: string | undefined, now: number): string {
  const milliseconds = instant ? Date.parse(instant) : NaN;
  return Number.isNaN(milliseconds)
    ? '<unknown>'
    : shortDuration((now - milliseconds) / 1000);
}
