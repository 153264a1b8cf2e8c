const two = (value: number) => String(value).padStart(2, '0');

/** `11-26 18:00:00.123`, in the viewer's zone or in UTC. */
export function writeTime(instant: string, isUtc: boolean): string {
  if (isUtc) {
    return instant.slice(5, 23).replace('T', ' ').replace(/Z$/, '');
  }
  const date = new Date(instant);
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map(two)
    .join(':');
  return `${day} ${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
