const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A duration in the units that people read builds in: `850 ms`, `42 s`,
 * `2 min 45 s`, `1 h 5 min`.
 */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND) {
    return `${Math.round(milliseconds)} ms`;
  }
  if (milliseconds < MINUTE) {
    return `${Math.round(milliseconds / SECOND)} s`;
  }
  if (milliseconds < HOUR) {
    const seconds = Math.round(milliseconds / SECOND);
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(milliseconds / MINUTE);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
