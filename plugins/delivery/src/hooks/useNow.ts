import { useEffect, useState } from 'react';

const TICK_MILLISECONDS = 1000;

/** Milliseconds since the epoch, every second for as long as it ticks. */
export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTicking) {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
