/** A whole number with thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A figure with as many digits as say something. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) {
    return Math.round(value).toLocaleString('en-US');
  }
  return String(Number(value.toPrecision(size < 1 ? 2 : 3)));
}

/** A difference with its sign. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${figure(Math.abs(value))}`;
}
