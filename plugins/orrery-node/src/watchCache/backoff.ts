const FIRST_MILLISECONDS = 500;
const LONGEST_MILLISECONDS = 30_000;

/**
 * Time to wait before attempt number `failures` + 1: doubling, bounded, and
 * spread over half its length so that many watchers do not return at once.
 */
export function backoffMilliseconds(failures: number, random: number): number {
  const whole = Math.min(
    LONGEST_MILLISECONDS,
    FIRST_MILLISECONDS * 2 ** (failures - 1),
  );
  return whole * (0.5 + random / 2);
}

/** Waits, or returns early when the signal aborts. */
export function sleep(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
    function finish() {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
  });
}
